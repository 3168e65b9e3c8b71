/** What a request tells beside its headers and body, for whoever executes its operation. */
import type { GraphQLError } from "graphql";
import type { Caller } from "../graph/context.js";

export interface ServerContext {
  /** Who sends it, as far as the network tells: an IP address, behind trusted proxies the one that they name. */
  readonly address: string;
  /** Who sends it by its credentials, or why those are not accepted. */
  readonly caller: Caller | GraphQLError;
  /** Called when its operation is executed, which nothing refuses any more. */
  executed(): void;
  /** Calls back once if the client goes away before it is answered. */
  whenGone(tell: () => void): void;
}
