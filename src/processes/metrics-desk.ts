/** The metrics of all processes as one. Sums never fall when a worker ends: what it had counted when it was last read stays in them. */
import { AggregatorRegistry, type Registry } from "prom-client";
import type { ProcessMetrics } from "./calls.js";

export class MetricsDesk {
  private readonly latest = new Map<number, ProcessMetrics>();
  /** Counters and histograms of workers that have ended. */
  private ended: Promise<ProcessMetrics> = Promise.resolve([]);

  take(worker: number, metrics: ProcessMetrics): void {
    this.latest.set(worker, metrics);
  }

  forget(worker: number): void {
    const metrics = this.latest.get(worker) ?? [];
    this.latest.delete(worker);
    // Gauges say what is now.
    const counted = metrics.filter(({ type }) => String(type) !== "gauge");
    this.ended = this.ended.then((ended) => together([ended, counted]).getMetricsAsJSON());
  }

  /** @param own Of the primary process. */
  async text(own: ProcessMetrics): Promise<string> {
    const ended = await this.ended;
    return together([...this.latest.values(), own, ended]).metrics();
  }
}

function together(metrics: readonly ProcessMetrics[]): Registry {
  return AggregatorRegistry.aggregate(metrics.map((one) => [...one]));
}
