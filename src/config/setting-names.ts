/** Finds names in the environment that look like settings but are not read: most likely typing errors. */

interface UnknownName {
  readonly name: string;
  /** The setting that was probably meant. */
  readonly meant: string | undefined;
}

/** One sentence for each unknown name. */
export interface UnknownNames {
  readonly mistakes: readonly string[];
  readonly warnings: readonly string[];
}

/** Only our own prefix is a mistake in the environment, which is shared with other programs. The .env file is ours, so any name in it that
 *  looks like a setting is one.
 *  @param known Every name that is read. */
export function checkNames(environment: object, envFile: object, known: readonly string[]): UnknownNames {
  const unknown = findUnknown(Object.keys(environment), known);
  const isMistake = ({ name }: UnknownName): boolean => name.startsWith("SEVENDIGITAL_");
  const inFile = findUnknown(Object.keys(envFile), known);
  return {
    mistakes: [...unknown.filter(isMistake).map(describe), ...inFile.map((one) => `.env: ${describe(one)}`)],
    warnings: unknown.filter((one) => !isMistake(one)).map(describe),
  };
}

function describe({ name, meant }: UnknownName): string {
  return `${name} is not a setting; ${meant === undefined ? "--help lists all." : `did you mean ${meant}?`}`;
}

/** Prefixes that no other program uses. */
const families = /^(?:SEVENDIGITAL|LIMIT|QUOTA|PURCHASES?|SEALING|PERSISTED|CACHE_MAX)_/i;
/** Set by Kubernetes for every service (`LIMIT_SERVICE_HOST`, `LIMIT_PORT_80_TCP_ADDR`) and by npm. */
const fromPlatforms = /^(?:KUBERNETES|npm)_|_(?:SERVICE_HOST|(?:SERVICE_)?PORT(?:_\w+)?)$/;

function findUnknown(names: readonly string[], known: readonly string[]): readonly UnknownName[] {
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

/** Short names are often close to names of other programs: HOST and HOME. */
function tolerance({ length }: string): number {
  return length > 8 ? 2 : 1;
}

/** Optimal string alignment: characters that are inserted, deleted, replaced, or swapped with their neighbour. */
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
