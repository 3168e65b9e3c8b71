/** The metrics of Redis, where copies share one. */
import { Counter, type Registry } from "prom-client";
import { addGauge, prefix } from "./metrics.js";

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
      addGauge(registry, { name: "redis_up", help: "Whether Redis answers: 1 or 0.", ofSeveral: "min" }, () => (isThere() ? 1 : 0));
    },
  };
}
