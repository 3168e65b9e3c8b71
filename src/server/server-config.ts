/** What a server is told from outside when it starts. */
import type { Tracer } from "@opentelemetry/api";
import type { Registry } from "prom-client";
import type { Config } from "../config.js";
import type { Ambient } from "../upstream/client.js";
import type { Token } from "../upstream/oauth.js";
import type { Log } from "./log.js";

/** What the server may not take from its surroundings by itself. */
export interface ServerAmbient extends Omit<Ambient, "observe" | "noticed"> {
  readonly log: Log;
  /** Where the server's metrics are kept beside those of the process. */
  readonly registry: Registry;
  readonly tracer: Tracer;
  /** Folder of the operations that GraphiQL opens with. */
  readonly operationsDirectory: string;
}

/** A configuration that says which API to ask, and where to keep what must last. */
export interface ServerConfig extends Config {
  readonly upstream: NonNullable<Config["upstream"]>;
  readonly dataDirectory: string;
  /** Where it is all a play: what makes the examples work at once. */
  readonly demo?: Demo | undefined;
}

interface Demo {
  /** Whose bearer the examples that need a user open with. */
  readonly user: Token;
  /** Whether return URLs may lead to the server itself. */
  readonly returnsHere: boolean;
}
