/** The client's IP address. Clients can forge X-Forwarded-For, so only the entries that our own proxies appended count. */
import type { IncomingMessage } from "node:http";
import { isIP, type Socket } from "node:net";
import { memoizePerObject } from "../shared/memoize-per-object.js";

/** @param trustedProxies How many proxies in front of us append an address. */
export function createAddressReader(trustedProxies: number): (request: IncomingMessage) => string {
  // A connection carries many requests.
  const peerOf = memoizePerObject(({ remoteAddress }: Socket) => plainAddress(remoteAddress ?? ""));
  return ({ socket, headers }) => {
    const peer = peerOf(socket);
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
