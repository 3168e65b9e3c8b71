/** What a server starts from. */
import type { Config } from "../config/config.js";
import type { Token } from "../upstream/request/oauth.js";

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
