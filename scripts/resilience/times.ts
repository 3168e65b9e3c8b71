/** How long answers took, phase by phase, and when they were as fast again as before. */
import { setTimeout as wait } from "node:timers/promises";
import type { Load, Sample } from "./load.js";
import type { Kind } from "./plan.js";

export interface Phase {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export const windowMs = 500;
/** So many windows in a row have to be normal. */
const calm = 2;
/** Until the load has settled. */
const warmUpMs = 3000;

/** Notes phases while a load goes on. */
export class Phases {
  readonly all: Phase[] = [];

  constructor(private readonly load: Load) {}

  /** Is no phase, as nothing is measured yet. */
  async warmUp(): Promise<void> {
    await wait(warmUpMs);
  }

  /** @param begin What begins it, and is part of it. */
  async run(name: string, ms: number, begin: () => unknown = () => undefined): Promise<Phase> {
    const fromMs = this.load.nowMs;
    await begin();
    await wait(Math.max(0, ms - (this.load.nowMs - fromMs)));
    const phase = { name, fromMs, toMs: this.load.nowMs };
    this.all.push(phase);
    return phase;
  }
}

/** Of that kind, planned in that time. */
export function during(samples: readonly Sample[], { fromMs, toMs }: Omit<Phase, "name">, kind: Kind): readonly Sample[] {
  return samples.filter((sample) => sample.kind === kind && sample.plannedMs >= fromMs && sample.plannedMs < toMs);
}

/** From the moment that it was planned for. */
export function latencyMs({ plannedMs, answeredMs }: Sample): number {
  return answeredMs - plannedMs;
}

/** NaN where there are none. */
export function quantile(samples: readonly Sample[], share: number): number {
  const sorted = samples.map(latencyMs).sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** The p99 of reads in each half second. */
export function p99s(samples: readonly Sample[], { fromMs, toMs }: Omit<Phase, "name">): readonly number[] {
  const windows = Math.round((toMs - fromMs) / windowMs);
  return Array.from({ length: windows }, (_, nth) => {
    const from = fromMs + nth * windowMs;
    return quantile(during(samples, { fromMs: from, toMs: from + windowMs }, "read"), 0.99);
  });
}

/** @returns After how many ms the first second begins in which each half is normal; undefined where none is. */
export function normalAfterMs(windows: readonly number[], mostMs: number): number | undefined {
  const first = windows.findIndex((_, at) => {
    const next = windows.slice(at, at + calm);
    return next.length === calm && next.every((p99) => !(p99 > mostMs));
  });
  return first < 0 ? undefined : first * windowMs;
}
