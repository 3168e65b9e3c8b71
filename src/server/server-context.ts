/** What a request tells beside its headers and body, for whoever executes its operation. */

export interface ServerContext {
  /** Who sends it, as far as the network tells: an IP address, behind trusted proxies the one that they name. */
  readonly address: string;
  /** Calls back once if the client goes away before it is answered. */
  whenGone(tell: () => void): void;
}
