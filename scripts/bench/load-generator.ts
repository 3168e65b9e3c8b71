/** The process that makes the load, so that its work is on nobody else's bill: takes one Load after another from its parent and tells
 *  the LoadFigures of each. It ends with its parent. */
import autocannon from "autocannon";
import type { Load, LoadFigures, LoadReport } from "./load.js";
import { requestBody, requestHeaders } from "./queries.js";

/** autocannon looks this often whether the time is over; its own second would make short rounds longer by up to a third. */
const sampleMs = 50;

function perform({ url, query, connections, ...extent }: Load): Promise<LoadFigures> {
  const latencies: number[] = [];
  let failures = 0;
  const busyBefore = process.cpuUsage();
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const length = "seconds" in extent ? { duration: extent.seconds } : { amount: extent.requests };
    const target = { url, method: "POST", headers: requestHeaders, body: requestBody(query) } as const;
    const run = autocannon({ ...target, connections, ...length, sampleInt: sampleMs }, (error) => {
      const elapsedMs = performance.now() - start;
      if (error) {
        reject(error);
        return;
      }
      const { user, system } = process.cpuUsage(busyBefore);
      latencies.sort((a, b) => a - b);
      resolve({
        requests: latencies.length,
        failures,
        elapsedMs,
        p50Ms: quantile(latencies, 0.5),
        p99Ms: quantile(latencies, 0.99),
        generatorBusy: (user + system) / 1000 / elapsedMs,
      });
    });
    // Its own histogram knows whole milliseconds only.
    run.on("response", (_client: unknown, status: number, _bytes: number, ms: number) => {
      latencies.push(ms);
      if (status !== 200) failures += 1;
    });
    run.on("reqError", () => (failures += 1));
  });
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

function tell(report: LoadReport): void {
  process.send?.(report);
}

process.on("message", (load: Load) => {
  perform(load).then(
    (figures) => tell({ figures }),
    (error: unknown) => tell({ failed: String(error) }),
  );
});
process.once("disconnect", () => process.exit());
// A terminal sends its SIGINT to the whole group; the parent decides the order of the end.
process.on("SIGINT", () => undefined);
