/** The calls of a plan, by names: the same name, the same call, whoever needs it. */
import { isListType, isNonNullType, type GraphQLOutputType } from "graphql";
import type { Store } from "../upstream/session.js";
import type { Args } from "./extensions.js";
import type { NodeId } from "./node-id.js";
import { countryOf, isShopId, shopIdOf } from "./store.js";

interface PlannedCall {
  readonly method: string;
  readonly count: number;
  /** Whether the things of all types share it. */
  readonly shared: boolean;
}

export class PlannedCalls {
  constructor(private readonly byName = new Map<string, PlannedCall>()) {}

  add(name: string, method: string, count: number): void {
    if (!this.byName.has(name)) this.byName.set(name, { method, count, shared: false });
  }

  /** One that serves all things of the operation. */
  addOnce(method: string, count: number): void {
    this.byName.set(method, { method, count, shared: true });
  }

  addSharedOf(other: PlannedCalls): void {
    for (const [name, call] of other.byName) if (call.shared) this.byName.set(name, call);
  }

  /** Without those that are shared. */
  get ownTotal(): number {
    let sum = 0;
    for (const { count, shared } of this.byName.values()) if (!shared) sum += count;
    return sum;
  }

  get total(): number {
    let sum = 0;
    for (const { count } of this.byName.values()) sum += count;
    return sum;
  }

  get byMethod(): ReadonlyMap<string, number> {
    const sums = new Map<string, number>();
    for (const { method, count } of this.byName.values()) sums.set(method, (sums.get(method) ?? 0) + count);
    return sums;
  }

  copy(): PlannedCalls {
    return new PlannedCalls(new Map(this.byName));
  }
}

/** What is found by an id, and by how many calls. */
export function callOf({ kind, id, releaseId, store }: NodeId): { readonly name: string; readonly calls: number } {
  const place = store === undefined ? "" : JSON.stringify(store);
  return { name: `${kind}:${id}${releaseId === undefined ? "" : `:${releaseId}`}${place}`, calls: 1 };
}

/** Arguments that choose from what an answer tells, and change no call. */
const choosing = ["width"];
/** Those by which a list's pages are chosen. */
export const paging = ["first", "after", "offset"];
export const ofStore = ["country", "shopId"];

/** @param without Names of arguments that do not matter. */
export function written(args: Args, without: readonly string[] = []): string {
  return JSON.stringify(args, (name, value: unknown) =>
    choosing.includes(name) || without.includes(name) ? undefined : (value ?? undefined),
  );
}

/** Whether the arguments of a price name a store. */
export function namesStore({ country, shopId }: Args): boolean {
  return isGiven(country) || isGiven(shopId);
}

/** Whether they name another store than this one. */
export function namesOtherStore({ country, shopId }: Args, store: Store): boolean {
  return isGiven(shopId) ? shopId !== shopIdOf(store) : isGiven(country) && country !== countryOf(store);
}

/** Whether they name a store that can not be one. */
export function namesNoStore({ shopId }: Args): boolean {
  return typeof shopId === "string" && !isShopId(shopId);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

export function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}
