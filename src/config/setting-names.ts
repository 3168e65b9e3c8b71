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

/** In the environment, which other programs share, only names with our own prefix are mistakes; in our .env file, all unknown ones are.
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

/** A sentence about a name that is none of those. */
export function describeUnknown(name: string, known: readonly string[]): string {
  return describe({ name, meant: nearest(name.toUpperCase(), known) });
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
  const distances = known.map((one) => [editDistance(name, one, tolerance(one)), one] as const).filter(([distance]) => distance < Infinity);
  distances.sort(([one], [other]) => one - other);
  return distances[0]?.[1];
}

/** Short names are often close to names of other programs: HOST and HOME. */
function tolerance({ length }: string): number {
  return length > 8 ? 2 : 1;
}

/** How many characters have to be inserted, deleted, replaced, or swapped with their neighbour. Infinity for more than `most`. */
function editDistance(one: string, other: string, most: number): number {
  if (one === other) return 0;
  if (most === 0) return Infinity;
  let same = 0;
  while (one[same] === other[same]) same += 1;
  const after = (inOne: number, inOther: number): number =>
    1 + editDistance(one.slice(same + inOne), other.slice(same + inOther), most - 1);
  const isSwapped = one[same] === other[same + 1] && one[same + 1] === other[same];
  return Math.min(after(1, 0), after(0, 1), after(1, 1), isSwapped ? after(2, 2) : Infinity);
}
