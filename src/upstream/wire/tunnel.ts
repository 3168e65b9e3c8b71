/** Connections through an HTTP proxy, by CONNECT for http and https alike. So an answer of the proxy is never taken for one of 7digital's, and
 *  proves that nothing was sent.
 *  undici's ProxyAgent is not used: when a proxy closes the connection it retries without end, hundreds of times a second. */
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { buildConnector } from "undici";
import type { ProxyAddress } from "../../config/proxy-settings.js";

interface TunnelOptions {
  /** PEM of the certificate authorities to trust at the origin. Undefined: those of Node. */
  readonly ca: string | undefined;
  /** For the tunnel, and once more for TLS with the origin. */
  readonly timeoutMs: number;
}

/** Why there is no tunnel. It does not repeat what the proxy answered. */
class TunnelError extends Error {
  override readonly name = "TunnelError";

  /** @param code PROXY_ and the HTTP status of the proxy or the error code of Node. */
  constructor(readonly code: `PROXY_${string}`) {
    super(code);
  }
}

/** For `connect` of an undici client. */
export function tunnelThrough(proxy: ProxyAddress, { ca, timeoutMs }: TunnelOptions): buildConnector.connector {
  const secure = buildConnector({ timeout: timeoutMs, ...(ca === undefined ? {} : { ca }) });
  return (origin, callback) => {
    openTunnel(proxy, authorityOf(origin), timeoutMs, (error, socket) => {
      if (error !== null) callback(error, null);
      else if (origin.protocol === "https:") secure({ ...origin, httpSocket: socket }, callback);
      else callback(null, socket);
    });
  };
}

function authorityOf({ hostname, protocol, port }: buildConnector.Options): string {
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  return `${host}:${port || (protocol === "https:" ? "443" : "80")}`;
}

type Opened = (...result: [null, Socket] | [Error, null]) => void;

function openTunnel({ tls, host, port, authorization }: ProxyAddress, authority: string, timeoutMs: number, opened: Opened): void {
  const connecting = (tls ? httpsRequest : httpRequest)({
    host,
    port,
    method: "CONNECT",
    path: authority,
    headers: { host: authority, ...(authorization === undefined ? {} : { "proxy-authorization": authorization }) },
    // An agent of its own, which settings of Node cannot put another proxy in front of.
    agent: false,
  });
  const timer = setTimeout(() => connecting.destroy(new TunnelError("PROXY_TIMEOUT")), timeoutMs);
  connecting.once("connect", ({ statusCode = 0 }, socket: Socket, head) => {
    clearTimeout(timer);
    // Neither HTTP nor TLS lets a server speak first.
    const rejection = statusCode < 200 || statusCode > 299 ? String(statusCode) : head.length > 0 ? "EARLY_DATA" : undefined;
    if (rejection === undefined) {
      opened(null, socket.setNoDelay(true));
    } else {
      socket.on("error", () => undefined).destroy();
      opened(new TunnelError(`PROXY_${rejection}`), null);
    }
  });
  connecting.on("error", (error: NodeJS.ErrnoException) => {
    clearTimeout(timer);
    opened(error instanceof TunnelError ? error : new TunnelError(`PROXY_${error.code ?? error.name}`), null);
  });
  connecting.end();
}
