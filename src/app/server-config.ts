/** What a server starts from. */
import type { Config } from "../config/config.js";
import type { SandboxDemo } from "../http/graphiql/tabs.js";

/** A configuration with defaults for the API and the data directory. */
export interface ServerConfig extends Config {
  readonly upstream: NonNullable<Config["upstream"]>;
  readonly dataDirectory: string;
  /** Demo mode (embedded sandbox): makes the examples work at once. */
  readonly demo?: Demo | undefined;
}

interface Demo extends SandboxDemo {
  /** Whether return URLs may lead to the server itself. */
  readonly returnsHere: boolean;
}
