/** Joins the texts of an object's fields or a list's items, which may be promises. */
import type { Text } from "./run.js";

export class Joined {
  private text: string;
  private pending: Promise<void>[] | undefined;
  /** The parts from the first promise on. A promise puts its text into its place. */
  private readonly parts: string[] = [];

  constructor(opening: string) {
    this.text = opening;
  }

  /** @param before Text in front of the part. */
  add(before: string, part: Text): void {
    if (this.pending === undefined && typeof part === "string") {
      this.text += before + part;
      return;
    }
    if (typeof part === "string") {
      this.parts.push(before, part);
      return;
    }
    const place = this.parts.push(before, "") - 1;
    this.pending ??= [];
    this.pending.push(
      part.then((text) => {
        this.parts[place] = text;
      }),
    );
  }

  end(closing: string): Text {
    if (this.pending === undefined) return this.text + closing;
    return Promise.all(this.pending).then(() => this.text + this.parts.join("") + closing);
  }

  /** Passes an error on once the promises so far are settled: they may reject as well, and belong to the same operation.
   *  @throws the error at once where there are none */
  fail(error: unknown): Promise<never> {
    if (this.pending === undefined) throw error;
    return Promise.allSettled(this.pending).then(() => {
      throw error;
    });
  }
}
