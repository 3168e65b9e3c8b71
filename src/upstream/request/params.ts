/** Encodes values of parameters as 7digital wants them. Values are validated before. */
import type { Param } from "../endpoint.js";

export const id: Param<string> = { encode: (value: string) => value, optional: false };
export const text: Param<string> = { encode: (value: string) => value, optional: false };
export const integer: Param<number> = { encode: String, optional: false };
export const flag: Param<boolean> = { encode: String, optional: false };

/** A calendar day, given as ISO 8601 (2009-06-01) and sent as YYYYMMDD.
 *  The document says YYYYDDMM for release/chart; its own example (20080801) and its sister methods do not. */
export const day: Param<string> = { encode: (value: string) => value.replaceAll("-", ""), optional: false };

/** One of a fixed set of words. */
export function word<W extends string>(): Param<W> {
  return { encode: (value: W) => value, optional: false };
}

/** Several values in one parameter, separated by commas. */
export function commaSeparated<T>(param: Param<T>): Param<readonly T[]> {
  return { encode: (values: readonly T[]) => values.map(param.encode).join(","), optional: false };
}

/** A parameter that may be left out. */
export function optional<T>(param: Param<T>): Param<T | undefined> {
  return { encode: (value: T | undefined) => (value === undefined ? "" : param.encode(value)), optional: true };
}

/** Any number of parameters whose names begin alike, e.g. `tag_*`. */
export function prefixed(prefix: string): Param<Readonly<Record<string, string>> | undefined> {
  const spread = (values: Readonly<Record<string, string>> | undefined): [string, string][] =>
    Object.entries(values ?? {}).map(([name, value]) => [prefix + name, value]);
  return { encode: (values) => JSON.stringify(spread(values)), spread, optional: true };
}
