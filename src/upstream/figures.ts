/** What a client tells of itself at any moment, for metrics and readiness. */
export type BreakerState = "closed" | "open" | "halfOpen";

/** Calls that fail together: reads of the catalogue, reads that are signed and go to another host, writes, and purchases. */
export type CallSort = "read" | "signedRead" | "write" | "money";

export interface ClientFigures {
  readonly breakers: Readonly<Record<CallSort, BreakerState>>;
  /** Calls that have a connection. */
  readonly inFlight: number;
  /** Calls that wait for one. */
  readonly waiting: number;
  /** What remembered answers take on the heap. */
  readonly cacheBytes: number;
}
