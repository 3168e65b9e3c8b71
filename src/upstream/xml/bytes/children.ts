/** The children that an object reads: which of them an element is, and what becomes of it. */
import { isList } from "../decode.js";
import type { Member, ObjectForm } from "../form.js";
import { failed, type Failed } from "../reading.js";
import { AttributeReader } from "./leaf-readers.js";
import { skipElement } from "./skip.js";
import { endOfName, isInName, startsWith } from "./scan.js";
import { gaveUp, none, type ElementReader, type Source } from "./source.js";

/** Undefined where all is well. */
export type Problem = Failed | typeof gaveUp | undefined;

/** A child by its name, with the members that are read from it: none where it is known and not read. */
export interface Child {
  readonly nameBytes: Uint8Array;
  readonly takers: readonly Taker[];
  /** The one that came behind it last: mostly it is the next one, too. */
  next: Child | undefined;
}

/** Reads one member of an object from a child. */
export class Taker {
  readonly isList: boolean;
  private readonly keepsPlaces: boolean;
  private readonly isPart: boolean;
  private readonly name: string;

  constructor(
    readonly index: number,
    member: Member,
    readonly reader: ElementReader,
  ) {
    this.isList = isList(member);
    this.keepsPlaces = member.kind === "places";
    this.isPart = member.kind === "part";
    this.name = member.name;
  }

  /** Of elements that are no items of lists only the first counts. */
  wants(values: readonly unknown[]): boolean {
    return this.isList || values[this.index] === undefined;
  }

  /** @see `take` in decode.ts: both note the same. */
  take(source: Source, values: unknown[]): Problem {
    const { reading } = source;
    const before = reading.size;
    const value = this.reader.read(source);
    if (value === gaveUp) return gaveUp;
    if (value !== none && (value === failed || reading.size !== before)) reading.inside(this.name, before, value);
    if (this.isList) {
      this.addItem(source, values, value);
      return undefined;
    }
    if (value === failed && !this.isPart) return failed;
    values[this.index] = value === failed ? reading.unreadableNamed(this.name) : value === none ? null : value;
    return undefined;
  }

  private addItem({ reading }: Source, values: unknown[], value: unknown): void {
    const isMissing = value === failed || value === none;
    if (isMissing) reading.note("SKIPPED_ITEM", this.name);
    if (isMissing && !this.keepsPlaces) return;
    const item = isMissing ? reading.unreadableNamed(this.name) : value;
    const items = values[this.index] as unknown[] | undefined;
    if (items === undefined) values[this.index] = [item];
    else items.push(item);
  }
}

export class Children {
  readonly first: Child | undefined;
  /** By a hash of the name. */
  private readonly buckets: readonly (readonly Child[])[];
  private readonly mask: number;

  constructor({ unused }: ObjectForm, takers: readonly Taker[], names: readonly string[]) {
    const byName = new Map<string, Taker[]>(unused.map((name) => [name, []]));
    takers.forEach((taker, i) => byName.set(names[i] ?? "", [...(byName.get(names[i] ?? "") ?? []), taker]));
    const all = [...byName].map(([name, own]): Child => ({ nameBytes: Buffer.from(name), takers: own, next: undefined }));
    all.forEach((child, i) => (child.next = all[i + 1]));
    this.first = all[0];
    this.mask = 2 ** Math.ceil(Math.log2(2 * all.length + 1)) - 1;
    const buckets = Array.from({ length: this.mask + 1 }, (): Child[] => []);
    for (const child of all) buckets[this.bucketOf(child.nameBytes, 0, child.nameBytes.length)]?.push(child);
    this.buckets = buckets;
  }

  /** The child whose name begins at `start`; undefined where it is not known. @param expected Is looked at first. */
  find(bytes: Buffer, start: number, expected: Child | undefined): Child | undefined {
    if (expected !== undefined && isNameAt(bytes, start, expected.nameBytes)) return expected;
    const end = endOfName(bytes, start);
    const bucket = this.buckets[this.bucketOf(bytes, start, end)] ?? [];
    for (const child of bucket) if (child.nameBytes.length === end - start && startsWith(bytes, start, child.nameBytes)) return child;
    return undefined;
  }

  private bucketOf(bytes: Uint8Array, start: number, end: number): number {
    return ((end - start) * 31 + (bytes[start] ?? 0) * 7 + (bytes[end - 1] ?? 0)) & this.mask;
  }
}

function isNameAt(bytes: Buffer, start: number, name: Uint8Array): boolean {
  return startsWith(bytes, start, name) && !isInName(bytes[start + name.length] as number);
}

/** Reads a child, from behind its name. */
export function takeChild(source: Source, { takers, nameBytes }: Child, values: unknown[], depth: number): Problem {
  const [only] = takers;
  if (only !== undefined && takers.length === 1 && only.wants(values)) return only.take(source, values);
  const wanted = takers.filter((taker) => taker.wants(values));
  if (wanted.length === 0) return skipElement(source, nameBytes, depth) ? undefined : gaveUp;
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
