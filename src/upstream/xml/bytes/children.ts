/** The children that an object reads: which of them an element is, and what becomes of it. */
import type { ObjectForm } from "../form.js";
import { AttributeReader } from "./leaf-readers.js";
import { skipElement } from "./skip.js";
import { ElementName } from "./element-name.js";
import { endOfName, isInName } from "./scan.js";
import { gaveUp, type Source } from "./source.js";
import type { Problem, Taker } from "./taker.js";

/** A child by its name, with the members that are read from it: none where it is known and not read. */
export interface Child {
  readonly name: ElementName;
  readonly takers: readonly Taker[];
  /** The taker, where there is one. */
  readonly only: Taker | undefined;
  /** The one that came behind it last: mostly it is the next one, too. */
  next: Child | undefined;
}

export class Children {
  readonly first: Child | undefined;
  /** By a hash of the name. */
  private readonly buckets: readonly (readonly Child[])[];
  private readonly mask: number;

  constructor({ unused }: ObjectForm, takers: readonly Taker[], names: readonly string[]) {
    const byName = new Map<string, Taker[]>(unused.map((name) => [name, []]));
    takers.forEach((taker, i) => byName.set(names[i] ?? "", [...(byName.get(names[i] ?? "") ?? []), taker]));
    const all = [...byName].map(([name, own]): Child => ({
      name: new ElementName(name),
      takers: own,
      only: own.length === 1 ? own[0] : undefined,
      next: undefined,
    }));
    all.forEach((child, i) => (child.next = all[i + 1]));
    this.first = all[0];
    this.mask = 2 ** Math.ceil(Math.log2(2 * all.length + 1)) - 1;
    const buckets = Array.from({ length: this.mask + 1 }, (): Child[] => []);
    for (const child of all) buckets[bucketOf(Buffer.from(child.name.text), 0, child.name.text.length) & this.mask]?.push(child);
    this.buckets = buckets;
  }

  /** The child whose start tag is at `at`; undefined where it is not known. @param expected Is looked at first. */
  find(source: Source, at: number, expected: Child | undefined): Child | undefined {
    if (expected !== undefined && isAt(source, at, expected)) return expected;
    const start = at + 1;
    const bucket = this.buckets[bucketOf(source.bytes, start, endOfName(source.bytes, start)) & this.mask] ?? [];
    for (const child of bucket) if (isAt(source, at, child)) return child;
    return undefined;
  }
}

function isAt(source: Source, at: number, { name: { open } }: Child): boolean {
  return open.isAt(source, at) && !isInName(source.bytes[at + open.length] as number);
}

function bucketOf(name: Uint8Array, start: number, end: number): number {
  return (end - start) * 31 + (name[start] ?? 0) * 7 + (name[end - 1] ?? 0);
}

/** Reads a child, from behind its name. */
export function takeChild(source: Source, { takers, only, name }: Child, values: unknown[], depth: number): Problem {
  if (only?.wants(values) === true) return only.take(source, values);
  const wanted = takers.filter((taker) => taker.wants(values));
  if (wanted.length === 0) return skipElement(source, name, depth) ? undefined : gaveUp;
  const { at: start } = source;
  let end = -1;
  for (const taker of wanted) {
    const { nodes } = source;
    source.at = start;
    source.knownEnd = taker.reader instanceof AttributeReader ? end : -1;
    const problem = taker.take(source, values);
    source.knownEnd = -1;
    if (problem !== undefined) return problem;
    // Read for a second time, it counts only once.
    if (end !== -1) source.nodes = nodes;
    end = source.at;
  }
  return undefined;
}
