/** Finds names in the environment that nobody reads although they look like settings of ours. */

export interface UnknownName {
  readonly name: string;
  /** The setting that was probably meant. */
  readonly meant: string | undefined;
}

/** Nobody else uses these. */
const families = /^(?:SEVENDIGITAL|LIMIT|QUOTA|PURCHASES?|SEALING|PERSISTED|CACHE_MAX)_/i;
/** Set by Kubernetes for every service (`LIMIT_SERVICE_HOST`, `LIMIT_PORT_80_TCP_ADDR`) and by npm. */
const fromPlatforms = /^(?:KUBERNETES|npm)_|_(?:SERVICE_HOST|(?:SERVICE_)?PORT(?:_\w+)?)$/;

/** @param known Every name that is read. */
export function unknownNames(names: readonly string[], known: readonly string[]): readonly UnknownName[] {
  return names.flatMap((name) => {
    if (known.includes(name) || fromPlatforms.test(name)) return [];
    const meant = nearest(name.toUpperCase(), known);
    return meant === undefined && !families.test(name) ? [] : [{ name, meant }];
  });
}

function nearest(name: string, known: readonly string[]): string | undefined {
  const distances = known
    .filter((one) => Math.abs(one.length - name.length) <= 2)
    .map((one) => [editDistance(name, one), one] as const)
    .filter(([distance, one]) => distance <= tolerance(one));
  distances.sort(([one], [other]) => one - other);
  return distances[0]?.[1];
}

/** Of short names too many are close to others that mean something: HOST to HOME. */
function tolerance({ length }: string): number {
  return length > 8 ? 2 : 1;
}

/** How many characters have to be added, left out or replaced, or exchanged with their neighbour (optimal string alignment). */
function editDistance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    rows.push(current);
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const exchanged = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (same ? 0 : 1),
          exchanged ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(one.length, other.length);
}
