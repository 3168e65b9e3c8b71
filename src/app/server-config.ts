/** What a server starts from: its configuration, and what it takes from the process. */
import type { Tracer } from "@opentelemetry/api";
import type { Registry } from "prom-client";
import type { Config } from "../config/config.js";
import type { Ambient } from "../upstream/client.js";
import type { Token } from "../upstream/request/oauth.js";
import type { Log } from "../telemetry/log.js";

/** Clock, randomness, log and other things of the process. Tests pass their own. */
export interface ServerAmbient extends Omit<Ambient, "observe" | "noticed"> {
  readonly log: Log;
  /** Holds the server's metrics and those of the process. */
  readonly registry: Registry;
  readonly tracer: Tracer;
  /** Folder of the example operations that GraphiQL opens with. */
  readonly operationsDirectory: string;
}

/** A configuration with defaults for the API and the data directory. */
export interface ServerConfig extends Config {
  readonly upstream: NonNullable<Config["upstream"]>;
  readonly dataDirectory: string;
  /** Demo mode (embedded sandbox): makes the examples work at once. */
  readonly demo?: Demo | undefined;
}

interface Demo {
  /** The user of the example operations. */
  readonly user: Token;
  /** Whether return URLs may lead to the server itself. */
  readonly returnsHere: boolean;
}
