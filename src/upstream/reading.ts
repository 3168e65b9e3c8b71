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

/** Stands for an element that is not what it should be. It is returned and not thrown: one answer may hold tens of thousands of them. */
export const failed: unique symbol = Symbol("failed");
export type Failed = typeof failed;

export class Reading {
  /** How many differences are noted. */
  size = 0;
  private readonly found: Found[] = [];
  /** What is wrong with the element that failed last, and where it is, from the inside out. */
  private problem = "";
  private readonly failedAt: string[] = [];
  private readonly unreadables = new Map<string, Unreadable>();
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
    return this.unreadableNamed(name);
  }

  /** One for all elements of a name: an answer may hold tens of thousands. */
  unreadableNamed(name: string): Unreadable {
    const known = this.unreadables.get(name) ?? new Unreadable(this.method, name);
    this.unreadables.set(name, known);
    return known;
  }

  /** @param path Of the element or attribute that is not there. */
  missing(path: string): Failed {
    this.note("MISSING", path);
    this.fail("is missing");
    this.failedAt.push(path);
    return failed;
  }

  unreadableAttribute(name: string): Failed {
    this.note("UNREADABLE", `@${name}`);
    this.fail("can not be read");
    this.failedAt.push(`@${name}`);
    return failed;
  }

  /** For an element that holds everything it should and still is not what it should be. */
  fail(problem: string): Failed {
    this.problem = problem;
    this.failedAt.length = 0;
    return failed;
  }

  /** Puts the name of the surrounding element before the paths of what was noted inside it, and before the path of what failed there.
   *  @param from `size` before it was decoded. */
  inside(name: string, from: number, value: unknown): void {
    for (let i = from; i < this.found.length; i += 1) {
      const found = this.found[i] as Found;
      found.path = found.path === "" ? name : `${name}/${found.path}`;
    }
    if (value === failed) this.failedAt.push(name);
  }

  /** What is wrong with the element that failed last, and where. */
  failure(): string {
    return [[...this.failedAt].reverse().join("/"), this.problem].filter((part) => part !== "").join(": ");
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
