/** Reads JSON that another process sends. Nothing of it is trusted, and a name that is not known is a mistake to tell. */

/** Says what is wrong, and where. */
export class JsonProblem extends Error {}

/** `at` names the value in messages. Throws JsonProblem. */
export type Read<T> = (value: unknown, at: string) => T;

interface Field<T> {
  readonly required: boolean;
  readonly read: Read<T>;
}

type Fields<T> = { readonly [K in keyof T]-?: Field<Exclude<T[K], undefined>> };

export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new JsonProblem("Expected JSON");
  }
}

export function required<T>(read: Read<T>): Field<T> {
  return { required: true, read };
}

export function optional<T>(read: Read<T>): Field<T> {
  return { required: false, read };
}

export function fields<T>(expected: Fields<T>): Read<T> {
  const known: ReadonlyMap<string, Field<unknown>> = new Map(Object.entries(expected));
  return (value, at) => {
    const given = recordOf(value, at);
    const unknown = Object.keys(given).find((name) => !known.has(name));
    if (unknown !== undefined) throw new JsonProblem(`${at} has no "${unknown}"; it has ${[...known.keys()].join(", ")}`);
    const present = [...known].filter(([name, field]) => field.required || given[name] !== undefined);
    return Object.fromEntries(present.map(([name, field]) => [name, field.read(given[name], `${at}.${name}`)])) as T;
  };
}

/** Every value of a record, whatever its name. */
export function recordOfAll<T>(read: Read<T>): Read<Readonly<Record<string, T>>> {
  return (value, at) => Object.fromEntries(Object.entries(recordOf(value, at)).map(([name, one]) => [name, read(one, `${at}.${name}`)]));
}

export function listOf<T>(read: Read<T>): Read<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw new JsonProblem(`${at} is no list`);
    return value.map((one, index) => read(one, `${at}[${index}]`));
  };
}

export const text: Read<string> = (value, at) => {
  if (typeof value !== "string") throw new JsonProblem(`${at} is no text`);
  return value;
};

export function wholeNumber(least: number, most: number): Read<number> {
  return (value, at) => {
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    throw new JsonProblem(`${at} is no whole number from ${least} to ${most}`);
  };
}

export function oneOf<const T extends string>(...names: readonly T[]): Read<T> {
  return (value, at) => {
    const found = names.find((name) => name === value);
    if (found === undefined) throw new JsonProblem(`${at} is none of ${names.join(", ")}`);
    return found;
  };
}

/** A text, null or a list where others are allowed too. */
export function either<A, B>(read: Read<A>, isOther: (value: unknown) => boolean, readOther: Read<B>): Read<A | B> {
  return (value, at) => (isOther(value) ? readOther(value, at) : read(value, at));
}

export function recordOf(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new JsonProblem(`${at} is no object`);
  return value as Readonly<Record<string, unknown>>;
}
