/** Asks the façade and the naive executor the same, and tells where they differ. */
import { isDeepStrictEqual } from "node:util";
import { request, type Dispatcher } from "undici";
import type { Sandbox } from "../../src/sandbox/sandbox.js";
import type { Facade, GraphError } from "../support/facade.js";
import { executeNaively } from "./naive-executor.js";
import type { Operation } from "./random-operations.js";

/** Calls by method. */
export type Counts = Readonly<Record<string, number>>;

export interface Compared {
  /** Undefined where both answer the same. */
  readonly difference: string | undefined;
  /** What the façade said that it would ask of 7digital at most, by method. */
  readonly estimated: Counts;
  /** What it did ask, by the sandbox's own journal. */
  readonly asked: Counts;
  /** Codes of the errors of the whole operation, which was then not executed. */
  readonly refused: readonly unknown[];
}

export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly GraphError[];
  readonly extensions?: { readonly upstream?: { readonly estimatedByMethod: Counts } };
}

export async function compare(
  facade: Facade,
  naive: Sandbox,
  dispatcher: Dispatcher,
  { source, document, variables }: Operation,
): Promise<Compared> {
  facade.calls();
  const { body } = await request(facade.url, {
    dispatcher,
    method: "POST",
    headers: { "content-type": "application/json", "x-7d-show-upstream": "true" },
    body: JSON.stringify({ query: source, variables }),
  });
  const answer = placeless(await body.text(), facade.sandbox) as Answer;
  const asked: Record<string, number> = {};
  for (const method of facade.calls()) asked[method] = (asked[method] ?? 0) + 1;
  const estimated = answer.extensions?.upstream?.estimatedByMethod ?? {};
  if (answer.data === undefined) return { difference: undefined, estimated, asked, refused: codesOf(answer) };
  const expected = await executeNaively(document, variables, { baseUrl: naive.baseUrl, dispatcher });
  const mistake = expected.errors?.find(({ extensions }) => extensions["code"] === undefined);
  if (mistake !== undefined) throw mistake;
  const difference = differenceOf(placeless(JSON.stringify(expected), naive) as Answer, answer);
  return { difference, estimated, asked, refused: [] };
}

/** Some answers tell the address of the sandbox itself. */
function placeless(json: string, { port }: Sandbox): unknown {
  return JSON.parse(json.replaceAll(`127.0.0.1:${port}`, "sandbox"));
}

export function codesOf({ errors = [] }: Answer): readonly unknown[] {
  return errors.map(({ extensions }) => extensions?.["code"]);
}

/** Where data differ, or codes and paths of errors. */
export function differenceOf(expected: Answer, answer: Answer): string | undefined {
  if (!isDeepStrictEqual(expected.data, answer.data)) return firstDifference(expected.data, answer.data, []);
  const [wanted, given] = [failures(expected), failures(answer)];
  // Of very many errors the façade tells the first, and how many it has left out.
  const compared = JSON.stringify(answer.errors ?? []).includes("LeftOut") ? Object.keys(given) : Object.keys({ ...wanted, ...given });
  const wrong = compared.find((path) => wanted[path] !== given[path]);
  return wrong === undefined ? undefined : `error at ${wrong}: ${String(given[wrong])} instead of ${String(wanted[wrong])}`;
}

/** Code by path. The façade tells a failure once, with the other paths that it nulled. */
function failures({ errors = [] }: Answer): Readonly<Record<string, unknown>> {
  const found = errors.flatMap(({ path, extensions }) => {
    const paths = [path, ...((extensions?.["alsoNulled"] ?? []) as (typeof path)[])];
    return paths.map((one) => [one?.join(".") ?? "", extensions?.["code"]] as const);
  });
  return Object.fromEntries(found);
}

function firstDifference(expected: unknown, given: unknown, path: readonly string[]): string | undefined {
  if (isDeepStrictEqual(expected, given)) return undefined;
  if (!isObject(expected) || !isObject(given)) {
    return `${path.join(".")}: ${JSON.stringify(given)} instead of ${JSON.stringify(expected)}`;
  }
  for (const name of new Set([...Object.keys(expected), ...Object.keys(given)])) {
    const found = firstDifference(expected[name], given[name], [...path, name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

export function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
