/** The metrics of Redis, where copies share one. */
import { Counter, Gauge, type Registry } from "prom-client";

const prefix = "sevendigital_graphql_";

export function createRedisMetrics(registry: Registry) {
  const registers = [registry];
  const commands = new Counter({
    name: `${prefix}redis_commands_total`,
    help: "Commands to Redis: ok, failed, and skipped while it does not answer.",
    labelNames: ["outcome"],
    registers,
  });
  const finds = new Counter({
    name: `${prefix}shared_answers_total`,
    help: "Answers looked for in Redis: hit, miss, joined (another copy was getting it), unavailable.",
    labelNames: ["outcome"],
    registers,
  });
  return {
    countCommand: (outcome: string): void => commands.inc({ outcome }),
    countFind: (outcome: string): void => finds.inc({ outcome }),
    watch(isThere: () => boolean): void {
      new Gauge({
        name: `${prefix}redis_up`,
        help: "Whether Redis answers: 1 or 0.",
        aggregator: "min",
        registers,
        collect() {
          this.set(isThere() ? 1 : 0);
        },
      });
    },
  };
}
