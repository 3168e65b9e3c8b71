/** The types a method's parameters may have, and the one place where values are checked against them. */

import { ApiError } from "./errors.js";
import { hundredthsOf } from "../shop/money.js";

export interface Parameter<T> {
  /** `text` is undefined where the call does not carry the parameter. */
  read(name: string, text: string | undefined): T;
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;
export type Values<P extends Parameters> = { readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never };

/** What a call carries, by lower-case name: the API reads names without regard to case. */
export type Given = ReadonlyMap<string, string>;

export interface Kind<T> {
  parse(name: string, text: string): T;
  /** Real answers word it differently from method to method; clients are asked to rely on the code. */
  missing(name: string): string;
}

export function valuesOf<P extends Parameters>(parameters: P, given: Given): Values<P> {
  const values = Object.entries(parameters).map(([name, parameter]) => [name, parameter.read(name, given.get(name.toLowerCase()))]);
  return Object.fromEntries(values) as Values<P>;
}

export function required<T>(kind: Kind<T>): Parameter<T> {
  return {
    read(name, text) {
      if (text === undefined || text === "") throw new ApiError(1001, kind.missing(name));
      return kind.parse(name, text);
    },
  };
}

export function optional<T>(kind: Kind<T>): Parameter<T | undefined> {
  return { read: (name, text) => (text === undefined || text === "" ? undefined : kind.parse(name, text)) };
}

const isMissing = (name: string) => `Required parameter ${name} is missing`;

export function notValid(name: string): ApiError {
  return new ApiError(1002, `Value of parameter "${name}" is not valid`);
}

/** Id of an artist, release or track. */
export const id: Kind<number> = {
  parse(name, text) {
    if (!/^\d{1,10}$/.test(text)) throw new ApiError(1002, `Missing or invalid querystring value for ${name}`);
    return Number(text);
  },
  missing: (name) => `Missing or invalid querystring value for ${name}`,
};

export const text: Kind<string> = { parse: (_name, value) => value, missing: isMissing };

export const query: Kind<string> = { parse: (_name, value) => value, missing: (name) => `Requires parameter ${name} is missing` };

export const tagList: Kind<readonly string[]> = {
  parse(name, value) {
    const tags = value.split(",").map((tag) => tag.trim().toLowerCase());
    if (tags.includes("")) throw notValid(name);
    return tags;
  },
  missing: (name) => `Missing parameter "${name}".`,
};

/** YYYYMMDD, a day that exists. */
export const date: Kind<string> = {
  parse(name, value) {
    const iso = value.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
    const day = new Date(`${iso}T00:00:00Z`);
    if (iso === value || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(iso)) throw notValid(name);
    return value;
  },
  missing: isMissing,
};

export const trueOrFalse: Kind<boolean> = {
  parse(name, value) {
    if (!/^(true|false)$/i.test(value)) throw notValid(name);
    return value.toLowerCase() === "true";
  },
  missing: isMissing,
};

/** A value is one of the names without regard to case, and comes out as it is spelt here. */
export function oneOf<const T extends string>(...names: readonly T[]): Kind<T> {
  return {
    parse(name, value) {
      const found = names.find((candidate) => candidate.toLowerCase() === value.trim().toLowerCase());
      if (found === undefined) throw new ApiError(1006, `Value of parameter "${name}" must be one of: ${names.join("/")}`);
      return found;
    },
    missing: isMissing,
  };
}

/** Names separated by commas. */
export function someOf<const T extends string>(...names: readonly T[]): Kind<readonly T[]> {
  const one = oneOf(...names);
  return { parse: (name, value) => value.split(",").map((part) => one.parse(name, part)), missing: isMissing };
}

/** Values of one kind, separated by commas. */
export function listOf<T>(one: Kind<T>): Kind<readonly T[]> {
  return { parse: (name, value) => value.split(",").map((part) => one.parse(name, part.trim())), missing: (name) => one.missing(name) };
}

export interface Order<T extends string> {
  readonly by: T;
  readonly descending: boolean;
}

/** "{column} {order}", ascending without an order. @see API document, "artist/search" and "user/locker" */
export function orderBy<const T extends string>(...columns: readonly T[]): Kind<Order<T>> {
  return {
    parse(name, value) {
      const [, column = "", order] = /^\s*(\w+)(?:\s+(asc|desc))?\s*$/i.exec(value) ?? [];
      const by = columns.find((candidate) => candidate.toLowerCase() === column.toLowerCase());
      if (by === undefined)
        throw new ApiError(1006, `Value of parameter "${name}" must be a column and an order: ${columns[0] ?? ""} desc`);
      return { by, descending: order?.toLowerCase() === "desc" };
    },
    missing: isMissing,
  };
}

/** Of a basket. */
export const guid: Kind<string> = {
  parse(name, value) {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) throw notValid(name);
    return value.toLowerCase();
  },
  missing: (name) => `Missing parameter "${name}".`,
};

/** A price in hundredths: neither negative nor with commas nor with more than two places. @see API document, "basket/addpriceditem" */
export const money: Kind<number> = {
  parse(name, value) {
    if (!/^\d{1,7}(\.\d{1,2})?$/.test(value)) throw notValid(name);
    return hundredthsOf(value);
  },
  missing: (name) => `Missing parameter "${name}".`,
};

export const emailAddress: Kind<string> = {
  parse(name, value) {
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) throw notValid(name);
    return value;
  },
  missing: isMissing,
};
