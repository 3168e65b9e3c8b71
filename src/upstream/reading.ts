/** What is noticed while one answer is decoded: where it differs from what the decoders know. It is passed from decoder to decoder and
 *  holds only names of elements and attributes, never values. */
import type { XmlElement } from "./xml.js";
import { Unreadable } from "./unreadable.js";

/** How an answer can differ. */
export type Difference =
  /** An element that neither the decoder reads nor its list of known elements names. */
  | "UNKNOWN_ELEMENT"
  /** A required element or attribute is not there, or is empty. */
  | "MISSING"
  /** A value can not be coerced to the type it should have. */
  | "UNREADABLE"
  /** An item of a list was left out, because it is nil or for one of the reasons above. */
  | "SKIPPED_ITEM";

export interface Finding {
  readonly difference: Difference;
  /** From the response inwards, e.g. "chart/chartItem/release/@id". */
  readonly path: string;
  readonly count: number;
}

interface Found {
  readonly difference: Difference;
  path: string;
}

/** Of one answer; the rest is counted without its path. */
const mostFound = 1000;

/** An answer that is well-formed XML but not what its method should answer. */
export class DecodeError extends Error {
  override readonly name = "DecodeError";
  readonly path: string[] = [];

  constructor(private readonly problem: string) {
    super(problem);
  }

  /** Names the place, from the outside in, as the error passes through it. */
  at(name: string): this {
    this.path.unshift(name);
    this.message = `${this.path.join("/")}: ${this.problem}`;
    return this;
  }
}

export class Reading {
  /** How many differences are noted. */
  size = 0;
  private readonly found: Found[] = [];
  private readonly further = new Map<Difference, number>();

  /** @param method The path of the method that was called. */
  constructor(readonly method: string) {}

  note(difference: Difference, path: string): void {
    if (this.size < mostFound) this.size = this.found.push({ difference, path });
    else this.further.set(difference, (this.further.get(difference) ?? 0) + 1);
  }

  /** Notes an element that nobody knows. Its name is 7digital's: what is no short name of XML's usual kind is not repeated. */
  unknown({ name }: XmlElement): void {
    this.note("UNKNOWN_ELEMENT", /^[A-Za-z_][\w.:-]{0,39}$/.test(name) ? name : "OTHER");
  }

  /** Notes a value that can not be coerced, and gives what stands for it. Its place is noted by whoever reads the element. */
  unreadable({ name }: XmlElement): Unreadable {
    this.note("UNREADABLE", "");
    return new Unreadable(this.method, name);
  }

  /** @param path Of the element or attribute that is not there. */
  missing(path: string): DecodeError {
    this.note("MISSING", path);
    return new DecodeError("is missing").at(path);
  }

  /** Puts the name of the surrounding element before the paths of what was noted inside it.
   *  @param from `size` before it was decoded. */
  inside(name: string, from: number): void {
    for (const found of this.found.slice(from)) found.path = found.path === "" ? name : `${name}/${found.path}`;
  }

  findings(): readonly Finding[] {
    const counts = new Map<string, Finding>();
    for (const { difference, path } of this.found) {
      const key = `${difference} ${path}`;
      counts.set(key, { difference, path, count: (counts.get(key)?.count ?? 0) + 1 });
    }
    return [...counts.values(), ...[...this.further].map(([difference, count]) => ({ difference, path: "OTHER", count }))];
  }
}
