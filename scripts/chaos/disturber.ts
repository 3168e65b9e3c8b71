/** Lets disturbances befall one database, one after the other, and remembers when. */
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import type { Relay } from "../databases/relay.js";
import type { Disturbance, DisturbanceKind, Period, Target } from "./disturbance.js";

/** What a server of its own can do. */
export interface Disturbed {
  readonly target: Target;
  /** What façades are connected to. */
  readonly relay: Relay;
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** After either of them. */
  start(): Promise<void>;
  /** @returns How to let it go on. */
  freeze(): () => void;
  flush(): Promise<void>;
}

type Mend = () => void | Promise<void>;

/** Nobody may be buying. */
const commitMs = 1500;

/** Each begins one. @returns How to mend it. */
const acts: Readonly<Record<DisturbanceKind, (disturbed: Disturbed, delayMs: number) => Mend | Promise<Mend>>> = {
  async stopped(disturbed) {
    await disturbed.stop();
    return () => disturbed.start();
  },
  async killed(disturbed) {
    await disturbed.kill();
    return () => disturbed.start();
  },
  frozen: (disturbed) => disturbed.freeze(),
  "cut off"({ relay }) {
    relay.cut();
    return () => undefined;
  },
  parted({ relay }) {
    relay.hold();
    return () => {
      relay.cut();
      relay.pass();
    };
  },
  async flushed(disturbed) {
    await disturbed.flush();
    return () => undefined;
  },
  "commits unanswered"({ relay }) {
    relay.losesCommits = true;
    return () => void (relay.losesCommits = false);
  },
  slow({ relay }, delayMs) {
    relay.slow(delayMs);
    return () => relay.pass();
  },
};

export class Disturber {
  readonly periods: Period[] = [];
  private readonly ended = new AbortController();
  private work: Promise<void> = Promise.resolve();

  constructor(private readonly disturbed: Disturbed) {}

  /** @param failed Called where a server does not come back. */
  begin(planned: Iterable<Disturbance>, failed: (error: unknown) => void): void {
    this.work = this.disturb(planned).catch(failed);
  }

  /** Resolves when all is well again. */
  async end(): Promise<void> {
    this.ended.abort();
    await this.work;
  }

  private async disturb(planned: Iterable<Disturbance>): Promise<void> {
    const { target } = this.disturbed;
    for (const disturbance of planned) {
      await this.pause(disturbance.afterMs);
      if (disturbance.atCommit) await this.nextCommit();
      if (this.ended.signal.aborted) return;
      const period = { target, kind: disturbance.kind, fromMs: Date.now(), untilMs: Infinity };
      const at = this.periods.push(period) - 1;
      const mend = await acts[disturbance.kind](this.disturbed, disturbance.kind === "slow" ? disturbance.delayMs : 0);
      await this.pause(disturbance.lastsMs);
      await mend();
      this.periods[at] = { ...period, untilMs: Date.now() };
    }
  }

  private async nextCommit(): Promise<void> {
    const signal = AbortSignal.any([this.ended.signal, AbortSignal.timeout(commitMs)]);
    await once(this.disturbed.relay.events, "committed", { signal }).catch(() => undefined);
  }

  /** No longer once it is to end. */
  private async pause(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: this.ended.signal }).catch(() => undefined);
  }
}
