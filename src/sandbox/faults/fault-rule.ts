/** Reads a fault rule that another process sends as JSON. */

import { validateHeaderName, validateHeaderValue } from "node:http";
import { stepsOf, type Edit, type Markup } from "./edit.js";
import type { Fault, FaultRule } from "./faults.js";
import type { Headers } from "../http/headers.js";
import {
  either,
  fields,
  JsonProblem,
  listOf,
  oneOf,
  optional,
  parsedJson,
  recordOf,
  recordOfAll,
  required,
  text,
  wholeNumber,
  type Read,
} from "../http/json-reader.js";

/** What a timer of Node's holds. */
const longestDelayMs = 2 ** 31 - 1;
const longestMarkup = 64 * 1024 * 1024;

/** Throws JsonProblem for what is no rule. */
export function faultRuleOf(json: string): FaultRule {
  return rule(parsedJson(json), "rule");
}

const when = optional(oneOf("before", "after"));
const status = wholeNumber(200, 599);

const part = either(
  text,
  (value) => typeof value === "object",
  fields({ text: required(text), times: required(wholeNumber(0, 100_000_000)) }),
);

const markup: Read<Markup> = (value, at) => {
  const read = either(text, Array.isArray, listOf(part))(value, at);
  const lengths = typeof read === "string" ? [] : read.map((one) => (typeof one === "string" ? one.length : one.text.length * one.times));
  if (lengths.reduce((sum, length) => sum + length, 0) > longestMarkup) throw new JsonProblem(`${at} is longer than 64 MiB`);
  return read;
};

const path: Read<string> = (value, at) => {
  const read = text(value, at);
  if (stepsOf(read) === undefined) throw new JsonProblem(`${at} is no path like "chart/chartItem[2]/release" or "locker/…/track[@id=7]"`);
  return read;
};

const nullOr = <T>(read: Read<T>): Read<T | null> =>
  either(
    read,
    (value) => value === null,
    () => null,
  );

const editFields = fields<Edit>({
  at: required(path),
  before: optional(markup),
  xml: optional(markup),
  content: optional(markup),
  attributes: optional(recordOfAll(nullOr(text))),
});

const edit: Read<Edit> = (value, at) => {
  const read = editFields(value, at);
  const replaced = read.content !== undefined || read.attributes !== undefined;
  if (read.xml !== undefined && replaced) throw new JsonProblem(`${at}.xml leaves nothing for content and attributes to change`);
  if (read.at === "" && (read.xml !== undefined || read.before !== undefined)) {
    throw new JsonProblem(`${at}.at is the whole response: it has content and attributes only`);
  }
  return read;
};

const headers: Read<Headers> = (value, at) => {
  const read = recordOfAll(nullOr(either(text, Array.isArray, listOf(text))))(value, at);
  for (const [name, values] of Object.entries(read)) {
    try {
      validateHeaderName(name);
      for (const one of [values ?? []].flat()) validateHeaderValue(name, one);
    } catch {
      throw new JsonProblem(`${at}.${name} can be no header`);
    }
  }
  return read;
};

const kinds: { readonly [K in Fault["kind"]]: Read<Extract<Fault, { readonly kind: K }>> } = {
  delay: fields({ kind: required(oneOf("delay")), ms: required(wholeNumber(0, longestDelayMs)), when }),
  status: fields({
    kind: required(oneOf("status")),
    status: required(status),
    body: optional(text),
    contentType: optional(text),
    headers: optional(headers),
    when,
  }),
  error: fields({
    kind: required(oneOf("error")),
    code: required(wholeNumber(1, 99_999)),
    message: required(text),
    status: optional(status),
    when,
  }),
  edit: fields({
    kind: required(oneOf("edit")),
    status: optional(status),
    headers: optional(headers),
    elements: optional(listOf(edit)),
    declaration: optional(markup),
    encoding: optional(oneOf("utf-16le", "utf-16be", "iso-8859-1")),
    as: optional(recordOfAll(text)),
    when: optional(oneOf("after")),
  }),
  truncate: fields({ kind: required(oneOf("truncate")), bytes: required(wholeNumber(0, Number.MAX_SAFE_INTEGER)) }),
  reset: fields({ kind: required(oneOf("reset")), when }),
  hang: fields({ kind: required(oneOf("hang")), when }),
};

const fault: Read<Fault> = (value, at) => {
  const kind = oneOf(...(Object.keys(kinds) as Fault["kind"][]))(recordOf(value, at)["kind"], `${at}.kind`);
  return kinds[kind](value, at);
};

const rule = fields<FaultRule>({
  method: required(text),
  params: optional(recordOfAll(text)),
  user: optional(text),
  times: optional(wholeNumber(1, Number.MAX_SAFE_INTEGER)),
  fault: required(fault),
});
