/** How often one caller may do what costs others something. Counts are kept of the callers seen last, under names that are no secrets. */
import { hash } from "node:crypto";
import { isIPv6 } from "node:net";
import { LRUCache } from "lru-cache";
import type { Limits } from "../config/config.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import type { Peers } from "../shared/peers.js";
import type { Caller } from "../shared/scope.js";
import type { Window, WindowKind } from "../shared/window.js";
import type { Sender } from "./request.js";

/** Who is counted. */
export interface Counted extends Caller {
  /** An IP address; undefined where the server that runs operations within its own process does not say it. */
  readonly address: string | undefined;
}

export type RateLimits = ReturnType<typeof createRateLimits>;

interface RateLimitOptions {
  readonly limits: Pick<Limits, "operationsPerMinute" | "purchasesPerMinute" | "vouchersPerMinute" | "passwordsPerMinute">;
  readonly quotaCallerPercent: number;
  readonly quotaGatewayPercent: number;
  readonly peers: Pick<Peers, "window">;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;

export function createRateLimits({ limits, quotaCallerPercent, quotaGatewayPercent, peers, now }: RateLimitOptions) {
  const windowOf = (kind: WindowKind, periodMs: number): Window => peers.window(kind, periodMs, now);
  const operations = windowOf("operations", minuteMs);
  const purchases = windowOf("purchases", minuteMs);
  const vouchers = windowOf("vouchers", minuteMs);
  const passwords = windowOf("passwords", minuteMs);
  const calls = windowOf("calls", hourMs);

  return {
    /** Counts one more request of a caller without credentials; of a user, only those that were rejected count.
     *  @returns Seconds to wait where it is one too many. */
    admitOperation(caller: Counted): MaybePromise<number | undefined> {
      if (isTrusted(caller) || isUnknown(caller)) return undefined;
      const name = nameOf(caller);
      const most = limits.operationsPerMinute;
      const admitted = caller.user === undefined ? operations.take(name, most) : operations.has(name, most);
      return andThen(admitted, (isAdmitted) => (isAdmitted ? undefined : operations.secondsLeft(name, most)));
    },
    /** Counts a request of a user's that was admitted and came to nothing: no document, or none that is executed. */
    countRejected(caller: Counted): void {
      if (!isTrusted(caller) && caller.user !== undefined) operations.add(nameOf(caller));
    },
    /** Counts a call to 7digital. False where the caller may cause no more in this hour.
     *  @param quotaLimit The day's; without it there is no bound. */
    takeCall(caller: Counted, quotaLimit: number | undefined): boolean {
      if (caller.operator || (isUnknown(caller) && !caller.gateway)) return true;
      const name = caller.gateway ? "gateway" : nameOf(caller);
      const percent = caller.gateway ? quotaGatewayPercent : quotaCallerPercent;
      const isBounded = quotaLimit !== undefined && percent < 100;
      return calls.takeNow(name, isBounded ? Math.floor((quotaLimit * percent) / 100) : undefined);
    },
    /** Counts a purchase that is about to begin. False where it may not. */
    takePurchase: (caller: Counted): MaybePromise<boolean> => purchases.take(nameOf(caller), limits.purchasesPerMinute),
    /** The same of a voucher that is about to be tried. */
    takeVoucher: (caller: Counted): MaybePromise<boolean> =>
      (isTrusted(caller) && caller.user === undefined) || vouchers.take(nameOf(caller), limits.vouchersPerMinute),
    /** The same of a password that is about to be tried for a user name. Only the operator's own servers may try one, so the name is counted. */
    takePassword: (userName: string): MaybePromise<boolean> =>
      passwords.take(hash("sha256", `password ${userName.trim().toLowerCase()}`, "base64"), limits.passwordsPerMinute),
  };
}

/** Of the operator's own, who answer for what they let through. Their users are counted all the same where money is concerned. */
export function isTrusted({ operator, gateway }: Sender): boolean {
  return operator || gateway;
}

/** Whether nothing tells this caller from others: a limit for each of them has nothing to count. */
function isUnknown({ user, address }: Counted): boolean {
  return user === undefined && address === undefined;
}

/** Callers that are not known count together, where money is concerned. */
function nameOf({ user, address }: Counted): string {
  if (user === undefined) return address === undefined ? "unknown" : networkOf(address);
  return hash("sha256", "token" in user ? `token ${user.token.key}` : `user ${user.partnerUserId}`, "base64");
}

const networks = new LRUCache<string, string>({ max: 5000 });

/** An IPv6 address without its last half: a client that has one address has the whole network.
 *  @see RFC 6177, 2 */
export function networkOf(address: string): string {
  const known = networks.get(address);
  if (known !== undefined) return known;
  const network = readNetwork(address);
  networks.set(address, network);
  return network;
}

function readNetwork(address: string): string {
  const [bare = ""] = address.split("%");
  if (!isIPv6(bare)) return bare;
  const [, mapped] = /^::ffff:([\d.]+)$/i.exec(bare) ?? [];
  if (mapped !== undefined) return mapped;
  const [head = "", tail] = bare.split("::");
  const before = groupsOf(head);
  const after = groupsOf(tail ?? "");
  const left = new Array<string>(8 - before.length - after.length).fill("0");
  const groups = tail === undefined ? before : [...before, ...left, ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

/** Two for an IPv4 address at the end. */
function groupsOf(text: string): readonly string[] {
  return text === "" ? [] : text.split(":").flatMap((group) => (group.includes(".") ? ["0", "0"] : [group]));
}
