/** The part of a configuration that one of several processes gets. */
import type { Config } from "../config/config.js";

type Divided = Pick<Config, "maxConnections" | "maxWaiting" | "purchasesAtOnce" | "limits">;

/** What may be open or under way at once, of all clients together, is divided evenly and rounded up. */
export function shareOf<C extends Divided>(config: C, processes: number): C {
  const share = (most: number): number => Math.ceil(most / processes);
  const { maxConnections, maxWaiting, purchasesAtOnce, limits } = config;
  return {
    ...config,
    maxConnections: share(maxConnections),
    maxWaiting: share(maxWaiting),
    purchasesAtOnce: share(purchasesAtOnce),
    limits: { ...limits, sockets: share(limits.sockets), subscriptions: share(limits.subscriptions) },
  };
}
