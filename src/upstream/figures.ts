/** What a client tells of itself at any moment, for metrics and readiness. */
import type { Effect } from "./endpoint.js";

export type BreakerState = "closed" | "open" | "halfOpen";

export interface ClientFigures {
  readonly breakers: Readonly<Record<Effect, BreakerState>>;
  /** Calls that have a connection. */
  readonly inFlight: number;
  /** Calls that wait for one. */
  readonly waiting: number;
  /** What remembered answers take on the heap. */
  readonly cacheBytes: number;
}
