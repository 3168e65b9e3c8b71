/** Reads one member of an object from a child. */
import { isList } from "../decode.js";
import type { Member } from "../form.js";
import { failed, type Failed } from "../reading.js";
import { LeafReader, WholeNumberReader } from "./leaf-readers.js";
import { Repeats } from "./repeats.js";
import { gaveUp, none, type ElementReader, type Source } from "./source.js";

/** Undefined where all is well. */
export type Problem = Failed | typeof gaveUp | undefined;

export class Taker {
  readonly isList: boolean;
  private readonly keepsPlaces: boolean;
  private readonly isPart: boolean;
  private readonly name: string;
  private readonly leaf: LeafReader | undefined;
  private readonly repeats: boolean;

  /** @param number Of the taker among those of its response. */
  constructor(
    readonly index: number,
    private readonly number: number,
    member: Member,
    readonly reader: ElementReader,
  ) {
    this.isList = isList(member);
    this.keepsPlaces = member.kind === "places";
    this.isPart = member.kind === "part";
    this.name = member.name;
    this.leaf = reader instanceof LeafReader ? reader : undefined;
    this.repeats = !this.isList && this.leaf === undefined && !(reader instanceof WholeNumberReader);
  }

  /** Of elements that are no items of lists only the first counts. */
  wants(values: readonly unknown[]): boolean {
    return this.isList || values[this.index] === undefined;
  }

  /** @see `take` in decode.ts: both note the same. */
  take(source: Source, values: unknown[]): Problem {
    if (this.repeats) return this.takeAgain(source, values);
    const before = source.reading.size;
    // One kind of reader that most members have: to call it is cheaper than to call any.
    const value = this.leaf === undefined ? this.reader.read(source) : this.leaf.read(source);
    if (typeof value !== "symbol" && !this.isList && source.reading.size === before) {
      values[this.index] = value;
      return undefined;
    }
    return this.settle(source, values, value, before);
  }

  /** The value of an element that may have been read before. */
  private takeAgain(source: Source, values: unknown[]): Problem {
    const { reading, at, nodes } = source;
    const repeats = (source.repeats[this.number] ??= new Repeats());
    const known = repeats.find(source);
    if (known !== undefined) {
      values[this.index] = known;
      return undefined;
    }
    const before = reading.size;
    const value = this.reader.read(source);
    if (typeof value === "symbol" || reading.size !== before) return this.settle(source, values, value, before);
    if (value !== undefined) repeats.remember(source, at, source.nodes - nodes, value);
    values[this.index] = value;
    return undefined;
  }

  /** @param before Findings before the child was read. */
  private settle({ reading }: Source, values: unknown[], value: unknown, before: number): Problem {
    if (value === gaveUp) return gaveUp;
    if (value !== none && (value === failed || reading.size !== before)) reading.inside(this.name, before, value);
    if (this.isList) this.addItem(reading, values, value);
    else if (value === failed && !this.isPart) return failed;
    else values[this.index] = value === failed ? reading.unreadableNamed(this.name) : value === none ? null : value;
    return undefined;
  }

  private addItem(reading: Source["reading"], values: unknown[], value: unknown): void {
    const isMissing = value === failed || value === none;
    if (isMissing) reading.note("SKIPPED_ITEM", this.name);
    if (isMissing && !this.keepsPlaces) return;
    const item = isMissing ? reading.unreadableNamed(this.name) : value;
    const items = values[this.index] as unknown[] | undefined;
    if (items === undefined) values[this.index] = [item];
    else items.push(item);
  }
}
