/** The state of the client, for metrics and readiness. */
export type BreakerState = "closed" | "open" | "halfOpen";

/** Calls that fail together: reads of the catalogue, signed reads (of another host), writes, and purchases. */
export type CallClass = "read" | "signedRead" | "write" | "money";

export interface ClientStats {
  readonly breakers: Readonly<Record<CallClass, BreakerState>>;
  /** Calls under way. */
  readonly inFlight: number;
  /** Calls in the queue. */
  readonly waiting: number;
  /** What cached values take on the heap. */
  readonly cacheBytes: number;
}
