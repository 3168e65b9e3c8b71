/** Reads a `multipart/mixed` response, and merges its parts as clients do. @see GraphQL specification, proposal of 2022-08-24 */
import type { GraphError } from "./facade.js";

export interface Result {
  readonly data?: unknown;
  readonly errors?: readonly GraphError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

type Path = readonly (string | number)[];

interface Increment {
  readonly path: Path;
  readonly data?: unknown;
  readonly items?: readonly unknown[] | null;
  readonly label?: string;
  readonly errors?: readonly GraphError[];
}

export interface Part extends Result {
  readonly hasNext?: boolean;
  readonly incremental?: readonly Increment[];
}

/** @throws Error where the body does not end as it has to. */
export function partsIn(body: string): readonly Part[] {
  const pieces = body.split("\r\n---");
  if (pieces.shift() !== "" || pieces.pop() !== "--\r\n") throw new Error(`Not a whole multipart body: ${body}`);
  return pieces.map((piece) => {
    const at = piece.indexOf("\r\n\r\n");
    if (!/^\r\nContent-Type: application\/json(;|$)/.test(piece.slice(0, at))) throw new Error(`A part without a type: ${piece}`);
    return JSON.parse(piece.slice(at)) as Part;
  });
}

export function mergedParts([first, ...others]: readonly Part[]): Result {
  const root = { data: structuredClone(first?.data) };
  const errors = [...(first?.errors ?? [])];
  let extensions = first?.extensions;
  for (const { incremental = [], extensions: later } of others) {
    extensions = { ...extensions, ...later };
    for (const { path, data, items, errors: failed = [] } of incremental) {
      errors.push(...failed);
      items?.forEach((item, index) => {
        put(root, ["data", ...path.slice(0, -1), Number(path.at(-1)) + index], item);
      });
      if (data !== null && data !== undefined) put(root, ["data", ...path], data);
    }
  }
  return { data: root.data, ...(errors.length > 0 && { errors }), ...(extensions && { extensions }) };
}

function put(root: object, path: Path, value: unknown): void {
  const name = path.at(-1) ?? "";
  const parent = path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string | number, unknown>)[step], root);
  const at = parent as Record<string | number, unknown>;
  at[name] = merged(at[name], value);
}

/** What both say of one thing. */
function merged(one: unknown, other: unknown): unknown {
  if (!isObject(one) || !isObject(other)) return other;
  const all = Array.isArray(one) ? [...(one as unknown[])] : { ...one };
  for (const [name, value] of Object.entries(other)) {
    (all as Record<string, unknown>)[name] = merged((one as Record<string, unknown>)[name], value);
  }
  return all;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
