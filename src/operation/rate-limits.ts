/** How often one caller may do what costs others something. Counts are kept of the callers seen last, under names that are no secrets. */
import { hash } from "node:crypto";
import { isIPv6 } from "node:net";
import { LRUCache } from "lru-cache";
import type { Limits } from "../config/config.js";
import type { Caller } from "../shared/scope.js";
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
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;

export function createRateLimits({ limits, quotaCallerPercent, quotaGatewayPercent, now }: RateLimitOptions) {
  const operations = new SlidingWindow(minuteMs, now);
  const purchases = new SlidingWindow(minuteMs, now);
  const vouchers = new SlidingWindow(minuteMs, now);
  const passwords = new SlidingWindow(minuteMs, now);
  const calls = new SlidingWindow(hourMs, now);

  return {
    /** Counts one more request of a caller without credentials; of a user, only those that were rejected count.
     *  @returns Seconds to wait where it is one too many. */
    admitOperation(caller: Counted): number | undefined {
      if (isTrusted(caller) || isUnknown(caller)) return undefined;
      const name = nameOf(caller);
      const most = limits.operationsPerMinute;
      const admitted = caller.user === undefined ? operations.take(name, most) : operations.has(name, most);
      return admitted ? undefined : operations.secondsLeft(name, most);
    },
    /** Counts a request of a user's that was admitted and came to nothing: no document, or none that is executed. */
    countRejected(caller: Counted): void {
      if (!isTrusted(caller) && caller.user !== undefined) operations.add(nameOf(caller), 1);
    },
    /** Counts a call to 7digital. False where the caller may cause no more in this hour.
     *  @param quotaLimit The day's; without it there is no bound. */
    takeCall(caller: Counted, quotaLimit: number | undefined): boolean {
      if (caller.operator || (isUnknown(caller) && !caller.gateway)) return true;
      const name = caller.gateway ? "gateway" : nameOf(caller);
      const percent = caller.gateway ? quotaGatewayPercent : quotaCallerPercent;
      const isBounded = quotaLimit !== undefined && percent < 100;
      if (isBounded && calls.left(name, Math.floor((quotaLimit * percent) / 100)) === 0) return false;
      calls.add(name, 1);
      return true;
    },
    /** Counts a purchase that is about to begin. False where it may not. */
    takePurchase: (caller: Counted): boolean => purchases.take(nameOf(caller), limits.purchasesPerMinute),
    /** The same of a voucher that is about to be tried. */
    takeVoucher: (caller: Counted): boolean =>
      (isTrusted(caller) && caller.user === undefined) || vouchers.take(nameOf(caller), limits.vouchersPerMinute),
    /** The same of a password that is about to be tried for a user name. Only the operator's own servers may try one, so the name is counted. */
    takePassword: (userName: string): boolean =>
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

interface Count {
  readonly period: number;
  readonly count: number;
  /** In the period before. */
  readonly before: number;
}

const mostCallers = 20_000;

/** A sliding window, taken to be used evenly in the period before this one. */
class SlidingWindow {
  private readonly counts = new LRUCache<string, Count>({ max: mostCallers });

  constructor(
    private readonly periodMs: number,
    private readonly now: () => number,
  ) {}

  /** How many more there may be of so many in any period. */
  left(name: string, most: number): number {
    const { count, before } = this.current(name);
    const used = count + before * (1 - (this.now() % this.periodMs) / this.periodMs);
    return Math.max(0, Math.floor(most - used));
  }

  add(name: string, more: number): void {
    const { count, ...rest } = this.current(name);
    this.counts.set(name, { ...rest, count: count + more });
  }

  /** Whether there is room for one more. @param most 0 for no bound. */
  has(name: string, most: number): boolean {
    return most === 0 || this.left(name, most) > 0;
  }

  /** Counts one more where there is room for it. */
  take(name: string, most: number): boolean {
    const admitted = this.has(name, most);
    if (admitted && most > 0) this.add(name, 1);
    return admitted;
  }

  /** Until there is room for one more. */
  secondsLeft(name: string, most: number): number {
    const { count, before } = this.current(name);
    const gone = this.now() % this.periodMs;
    const untilRoom = (old: number, since: number): number => this.periodMs * Math.max(0, 1 - (most - 1 - since) / old);
    const left = count < most ? untilRoom(before, count) - gone : this.periodMs - gone + untilRoom(count, 0);
    return Math.max(1, Math.ceil(Math.round(left) / 1000));
  }

  private current(name: string): Count {
    const period = Math.floor(this.now() / this.periodMs);
    const known = this.counts.get(name);
    if (known?.period === period) return known;
    return { period, count: 0, before: known?.period === period - 1 ? known.count : 0 };
  }
}
