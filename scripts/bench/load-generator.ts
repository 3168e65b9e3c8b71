/** The process that makes the load, so that its work is not counted as that of others: takes one Load after another from its parent and tells
 *  the LoadFigures of each. It ends with its parent. */
import { ClientConnection } from "./client-connection.js";
import { deckOf } from "./deck.js";
import type { Load, LoadFigures, LoadReport } from "./load.js";

/** Each connection has an address of its own, and is so a caller of its own: Linux lets a client have any in 127.0.0.0/8. */
function addressOf(connection: number): string | undefined {
  if (process.platform !== "linux") return undefined;
  return `127.0.${1 + Math.floor(connection / 250)}.${1 + (connection % 250)}`;
}

function perform({ port, deck: spec, seed, connections, seconds }: Load): Promise<LoadFigures> {
  const deck = deckOf(spec, seed);
  const latencies: number[] = [];
  let bytes = 0;
  const busyBefore = process.cpuUsage();
  const start = performance.now();
  const end = start + seconds * 1000;

  return new Promise((resolve, reject) => {
    let open = connections;
    const all = Array.from({ length: connections }, (_, index) => {
      return new ClientConnection(port, addressOf(index), {
        next: () => (performance.now() < end ? deck() : undefined),
        answered(ms, answerBytes) {
          latencies.push(ms);
          bytes += answerBytes;
        },
        failed(reason) {
          for (const connection of all) connection.destroy();
          reject(new Error(reason));
        },
        ended() {
          open -= 1;
          if (open > 0) return;
          if (latencies.length > 0) resolve(figures());
          else reject(new Error("no request was sent"));
        },
      });
    });
  });

  function figures(): LoadFigures {
    const elapsedMs = performance.now() - start;
    const { user, system } = process.cpuUsage(busyBefore);
    const sorted = Float64Array.from(latencies).sort();
    return {
      requests: sorted.length,
      elapsedMs,
      p50Ms: quantile(sorted, 0.5),
      p99Ms: quantile(sorted, 0.99),
      answerBytes: bytes / sorted.length,
      generatorBusy: (user + system) / 1000 / elapsedMs,
    };
  }
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

function tell(report: LoadReport): void {
  process.send?.(report);
}

process.on("message", (load: Load) => {
  perform(load).then(
    (figures) => tell({ figures }),
    (error: unknown) => tell({ failed: error instanceof Error ? error.message : String(error) }),
  );
});
process.once("disconnect", () => process.exit());
// A terminal sends its SIGINT to the whole group; the parent decides the order of the end.
process.on("SIGINT", () => undefined);
