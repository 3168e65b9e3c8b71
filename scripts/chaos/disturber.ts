/** Disturbs one database, in one way after the other, and remembers when. */
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import type { Relay } from "../databases/relay.js";
import type { Disturbance, DisturbanceKind, Period, Target } from "./disturbance.js";

/** What a server of its own can do. */
export interface Disturbed {
  readonly target: Target;
  /** What each façade is connected to, by its number. */
  readonly relays: readonly Relay[];
  stop(): Promise<void>;
  kill(): Promise<void>;
  /** After either of them. */
  start(): Promise<void>;
  /** @returns How to let it go on. */
  freeze(): () => void;
  flush(): Promise<void>;
}

type Mend = () => void | Promise<void>;

/** There may be no purchase for longer than one waits for its commit. */
const commitMs = 1500;

/** Each begins one. @param disturbed Only the relays that it is about. @returns How to mend it. */
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
  "cut off"({ relays }) {
    for (const relay of relays) relay.cut();
    return () => undefined;
  },
  parted({ relays }) {
    for (const relay of relays) relay.hold();
    return () => {
      for (const relay of relays) {
        relay.cut();
        relay.pass();
      }
    };
  },
  async flushed(disturbed) {
    await disturbed.flush();
    return () => undefined;
  },
  "commits unanswered"({ relays }) {
    for (const relay of relays) relay.losesCommits = true;
    return () => {
      for (const relay of relays) relay.losesCommits = false;
    };
  },
  slow({ relays }, delayMs) {
    for (const relay of relays) relay.slow(delayMs);
    return () => {
      for (const relay of relays) relay.pass();
    };
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
    for (const disturbance of planned) {
      const { kind, facade } = disturbance;
      const relays = this.disturbed.relays.filter((_, nth) => facade === undefined || nth === facade);
      await this.pause(disturbance.afterMs);
      if (disturbance.atCommit) await this.nextCommit(relays);
      if (this.ended.signal.aborted) return;
      const period = { target: this.disturbed.target, kind, facade, fromMs: Date.now(), untilMs: Infinity };
      const at = this.periods.push(period) - 1;
      const mend = await acts[kind]({ ...this.disturbed, relays }, disturbance.kind === "slow" ? disturbance.delayMs : 0);
      await this.pause(disturbance.lastsMs);
      await mend();
      this.periods[at] = { ...period, untilMs: Date.now() };
    }
  }

  private async nextCommit(relays: readonly Relay[]): Promise<void> {
    const heard = new AbortController();
    const signal = AbortSignal.any([this.ended.signal, heard.signal, AbortSignal.timeout(commitMs)]);
    await Promise.race(relays.map(({ events }) => once(events, "committed", { signal }).catch(() => undefined)));
    heard.abort();
  }

  /** No longer once it is to end. */
  private async pause(ms: number): Promise<void> {
    await wait(ms, undefined, { signal: this.ended.signal }).catch(() => undefined);
  }
}
