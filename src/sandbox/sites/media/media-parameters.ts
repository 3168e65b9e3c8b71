/** Reads the query of a media link, in the words of the media hosts' own errors. @see API document, "Media", method specific errors */

import { ApiError } from "../../api/errors.js";

/** By lower-case name. */
export type MediaQuery = ReadonlyMap<string, string>;

export function requiredId(query: MediaQuery, name: string): number {
  const id = optionalId(query, name);
  if (id === undefined) throw missing(name);
  return id;
}

export function optionalId(query: MediaQuery, name: string): number | undefined {
  const text = query.get(name.toLowerCase()) ?? "";
  if (text === "") return undefined;
  if (!/^\d{1,10}$/.test(text)) throw notValid(name, text);
  return Number(text);
}

export function missing(name: string): ApiError {
  return new ApiError(1001, `Error: Missing '${name}' query parameter.`);
}

export function notValid(name: string, value: string | number): ApiError {
  return new ApiError(1002, `Invalid value for '${name}': ${value}`);
}
