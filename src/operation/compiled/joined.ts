/** Joins the texts of an object's fields or a list's items, from the first on that is a promise. */
import type { Text } from "./run.js";

export class Joined {
  private readonly pending: Promise<void>[] = [];
  /** A promise puts its text into its place. */
  private readonly parts: string[] = [];

  /** @param text Of what comes before. */
  constructor(private readonly text: string) {}

  /** @param before Text in front of the part. */
  add(before: string, part: Text): void {
    const place = this.parts.push(before, "") - 1;
    if (typeof part === "string") {
      this.parts[place] = part;
      return;
    }
    this.pending.push(
      part.then((text) => {
        this.parts[place] = text;
      }),
    );
  }

  end(closing: string): Promise<string> {
    return Promise.all(this.pending).then(() => this.text + this.parts.join("") + closing);
  }

  /** Rejects with the error once the promises so far are settled: they may reject as well, and belong to the same operation. */
  fail(error: unknown): Promise<never> {
    return Promise.allSettled(this.pending).then(() => {
      throw error;
    });
  }
}
