/** Keeps what was acknowledged, and finds what breaks it. Starts nothing. */
import type { AttemptRecord } from "../../src/purchase/attempt.js";
import type { Asked, Said } from "./messages.js";

export interface Figures {
  claims: number;
  settlements: number;
  reads: number;
}

export interface Crimes {
  readonly lost: string[];
  readonly doubleClaims: string[];
  readonly staleReads: string[];
}

export class Judge {
  readonly figures: Figures = { claims: 0, settlements: 0, reads: 0 };
  readonly crimes: Crimes = { lost: [], doubleClaims: [], staleReads: [] };
  /** Why the store refused, and how often. */
  readonly refusals = new Map<string, number>();
  private readonly acknowledged = new Map<string, Asked>();

  /** @returns What another process must find from now on, if anything new. */
  hear(said: Said): Asked | undefined {
    if (said.kind === "refused") {
      this.refusals.set(said.why, (this.refusals.get(said.why) ?? 0) + 1);
      return undefined;
    }
    if (said.kind === "read") {
      this.figures.reads += 1;
      const { asked } = said;
      if (!isAtLeast(said, asked)) this.crimes.staleReads.push(`${said.key}: ${said.state ?? "nothing"} after ${asked.state}`);
      return undefined;
    }
    const { key, id } = said;
    const before = this.acknowledged.get(key);
    if (before !== undefined && before.id !== id) this.crimes.doubleClaims.push(key);
    if (said.kind === "claimed") this.figures.claims += 1;
    else this.figures.settlements += 1;
    const asked: Asked = { key, id, state: said.kind === "claimed" ? "INTENT" : "SUCCEEDED" };
    this.acknowledged.set(key, asked);
    return asked;
  }

  /** The last word. @param find Gives what is kept under many keys at once. */
  async verify(find: (keys: readonly string[]) => Promise<readonly AttemptRecord[]>, atOnce = 200): Promise<void> {
    const all = [...this.acknowledged.values()];
    for (let start = 0; start < all.length; start += atOnce) {
      const some = all.slice(start, start + atOnce);
      const found = new Map((await find(some.map(({ key }) => key))).map((record) => [record.idempotencyKey, record]));
      for (const asked of some) {
        const record = found.get(asked.key);
        if (record === undefined || !isAtLeast(record, asked)) this.crimes.lost.push(`${asked.key}: ${record?.state ?? "nothing"}`);
      }
    }
  }
}

function isAtLeast(found: { readonly id: string | undefined; readonly state: string | undefined }, asked: Asked): boolean {
  return found.id === asked.id && (found.state === "SUCCEEDED" || found.state === asked.state);
}
