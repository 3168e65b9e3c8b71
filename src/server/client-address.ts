/** Where a request comes from. Anybody may write X-Forwarded-For; only what our own proxies have added at its end is believed. */
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/** @param trustedProxies How many proxies before us add the address of whom they were asked by. */
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

/** Without a port, which some proxies add; and of IPv4 in its own form. */
export function plainAddress(address: string): string {
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(address) ?? [];
  const [, withoutPort] = /^([\d.]+):\d+$/.exec(address) ?? [];
  return (bracketed ?? withoutPort ?? address).replace(/^::ffff:(?=[\d.]+$)/i, "");
}
