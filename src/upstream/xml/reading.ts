/** Collects where one answer differs from what the decoders know: names of elements and attributes, never values. */
import type { XmlElement } from "./xml.js";
import { Unreadable } from "./unreadable.js";

/** How an answer can differ. */
export type Difference =
  /** An element that neither the decoder reads nor its list of known elements names. */
  | "UNKNOWN_ELEMENT"
  /** A required element or attribute is not there, or is empty. */
  | "MISSING"
  /** A value cannot be coerced to its type. */
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

/** With their paths; further ones are only counted. */
const mostFound = 1000;

/** The result for an element that is invalid. It is returned, not thrown: one answer may have tens of thousands of them. */
export const failed: unique symbol = Symbol("failed");
export type Failed = typeof failed;

export class Reading {
  /** Number of differences with their paths. */
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

  /** An element that is not known. Its name is 7digital's, so it is only repeated where it is short and ordinary. */
  unknown({ name }: Pick<XmlElement, "name">): void {
    this.note("UNKNOWN_ELEMENT", /^[A-Za-z_][\w.:-]{0,39}$/.test(name) ? name : "OTHER");
  }

  /** A value that cannot be coerced. The decoder of the element adds its path. @returns what stands for the value. */
  unreadable({ name }: Pick<XmlElement, "name">): Unreadable {
    this.note("UNREADABLE", "");
    return this.unreadableNamed(name);
  }

  /** The same instance for all elements of a name, for an answer may have tens of thousands. */
  unreadableNamed(name: string): Unreadable {
    const known = this.unreadables.get(name) ?? new Unreadable(this.method, name);
    this.unreadables.set(name, known);
    return known;
  }

  /** @param path Of the missing element or attribute. */
  missing(path: string): Failed {
    return this.failAt(path, "MISSING", "is missing");
  }

  unreadableAttribute(name: string): Failed {
    return this.failAt(`@${name}`, "UNREADABLE", "cannot be read");
  }

  private failAt(path: string, difference: Difference, problem: string): Failed {
    this.note(difference, path);
    this.fail(problem);
    this.failedAt.push(path);
    return failed;
  }

  /** For an element that has all its parts and is invalid all the same. */
  fail(problem: string): Failed {
    this.problem = problem;
    this.failedAt.length = 0;
    return failed;
  }

  /** Forgets everything: the answer is read again. */
  clear(): void {
    this.size = 0;
    this.found.length = 0;
    this.problem = "";
    this.failedAt.length = 0;
    this.further.clear();
  }

  /** Prefixes the paths of what was found inside an element with its name. @param from `size` before it was decoded. */
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
