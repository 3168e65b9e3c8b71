/** What the proxy knows of one run: what is to befall its exchanges, and which of its money calls it saw. */
import { once, EventEmitter } from "node:events";
import type { Label, MoneyCall } from "./history.js";
import type { Strike } from "./strikes.js";

/** What befalls the looks into the locker, until health or so many of them. */
export interface LockerTrouble {
  readonly strike: Strike;
  /** Before the purchase is sent, or only after. */
  readonly from: "start" | "purchase";
  readonly times: number;
}

export class Wire {
  readonly calls: MoneyCall[] = [];
  /** The first answer of the locker. */
  firstLook: Buffer | undefined;
  /** Whether the strike has fallen. */
  struck = false;
  private underWay = 0;
  private healthy = false;
  private looksLeft: number;
  private readonly events = new EventEmitter<{ called: []; answered: []; idle: [] }>();

  constructor(
    readonly strike: Strike,
    readonly lockerTrouble: LockerTrouble | undefined,
  ) {
    this.looksLeft = lockerTrouble?.times ?? 0;
  }

  /** From now on nothing befalls it. */
  heal(): void {
    this.healthy = true;
  }

  /** A money call has come. Gives what befalls it. */
  called(label: Label): Strike {
    this.calls.push({ label, atMs: Date.now() });
    this.events.emit("called");
    if (this.healthy) return { kind: "none" };
    this.struck = true;
    return this.strike;
  }

  /** Somebody looks into the locker. Gives what befalls the look. */
  looked(): Strike {
    const { lockerTrouble: trouble } = this;
    const begun = trouble?.from === "start" || this.calls.length > 0;
    if (trouble === undefined || this.healthy || !begun || this.looksLeft <= 0) return { kind: "none" };
    this.looksLeft -= 1;
    return trouble.strike;
  }

  /** A money call was answered, in whole or in part. */
  answered(): void {
    this.events.emit("answered");
  }

  /** What the strike on connections is, once: they carry no names yet. */
  outage(): Extract<Strike, { kind: "refused" | "resetAtAccept" }> | undefined {
    const { strike } = this;
    if (this.healthy || this.struck || (strike.kind !== "refused" && strike.kind !== "resetAtAccept")) return undefined;
    this.struck = true;
    return strike;
  }

  begun(): void {
    this.underWay += 1;
  }

  ended(): void {
    this.underWay -= 1;
    if (this.underWay === 0) this.events.emit("idle");
  }

  /** Resolves when nothing of it is under way to the API. */
  async idle(): Promise<void> {
    while (this.underWay > 0) await once(this.events, "idle");
  }

  onCalled(listener: () => void): void {
    this.events.once("called", listener);
  }

  onAnswered(listener: () => void): void {
    this.events.once("answered", listener);
  }
}
