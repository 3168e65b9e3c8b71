/** The client's IP address. Clients can forge X-Forwarded-For, so only the entries that our own proxies appended count. */
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/** @param trustedProxies How many proxies in front of us append an address. */
export function createAddressReader(trustedProxies: number): (request: IncomingMessage) => string {
  return ({ socket, headers }) => {
    const peer = plainAddress(socket.remoteAddress ?? "");
    const forwarded = headers["x-forwarded-for"];
    if (trustedProxies === 0 || forwarded === undefined) return peer;
    const added = String(forwarded).split(",").slice(-trustedProxies);
    const named = plainAddress((added[0] ?? "").trim());
    return isIP(named) === 0 ? peer : named;
  };
}

/** Without the port that some proxies add, and IPv4-mapped IPv6 as IPv4. */
export function plainAddress(address: string): string {
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(address) ?? [];
  const [, withoutPort] = /^([\d.]+):\d+$/.exec(address) ?? [];
  return (bracketed ?? withoutPort ?? address).replace(/^::ffff:(?=[\d.]+$)/i, "");
}
