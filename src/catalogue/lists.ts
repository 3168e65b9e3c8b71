/** The catalogue's lists, read by window or searched for one item, for one operation. */
import type { Client } from "../upstream/client.js";
import type { Endpoint } from "../upstream/endpoint.js";
import { UpstreamError } from "../upstream/errors.js";
import type { Unreadable } from "../upstream/xml/unreadable.js";
import type { Session } from "../upstream/session.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import type { Page } from "../shared/page.js";
import { firstPage, planWhole, planWindow, type PageCall, type Window } from "../shared/window-plan.js";
import { readWindow, type PageSizeLimit, type WindowOf, type WindowRead } from "../shared/window-read.js";

interface Paged {
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
}

type ItemOf<P extends Page<unknown>> = Exclude<P["items"][number], Unreadable>;

/** Reads a window of the list that a method answers. */
export type ReadList = <Q extends Paged, P extends Page<unknown>>(
  endpoint: Endpoint<Q, P>,
  params: Omit<Q, keyof Paged>,
  window: Window,
) => MaybePromise<WindowRead<ItemOf<P>, P>>;

export interface Lists {
  /** By the fewest calls and, among those, the fewest items. */
  readonly read: ReadList;
  /** For lists that are short and mostly wanted whole: one answer serves every window. */
  readonly readWhole: ReadList;
  /** The first item that matches; pages after it are not read, nor those before the page on which it was found last. Undefined where none matches. Rejects with UPSTREAM_BAD_RESPONSE where none
   *  matches and an item could not be read: it may be the one. */
  find<Q extends Paged, P extends Page<unknown>>(
    endpoint: Endpoint<Q, P>,
    params: Omit<Q, keyof Paged>,
    matches: (item: ItemOf<P>) => boolean,
    place?: Place,
  ): MaybePromise<ItemOf<P> | undefined>;
  /** The first page of `readWhole`, of the current or a former largest size, if the cache holds it. Makes no call. */
  peekFirst<Q extends Paged, P extends Page<unknown>>(endpoint: Endpoint<Q, P>, params: Omit<Q, keyof Paged>): P | undefined;
  /** Whether the first page of `readWhole` needs no further call: the operation has asked for it, or the cache holds it. */
  hasFirst<Q extends Paged, P extends Page<unknown>>(endpoint: Endpoint<Q, P>, params: Omit<Q, keyof Paged>): boolean;
}

/** Where `find` found the same item before. */
export interface Place {
  /** Counted from 1 in the largest pages; undefined where that is not known. */
  readonly page: number | undefined;
  /** @param page Undefined where no item matches. */
  readonly remember: (page: number | undefined) => void;
}

/** How many items `find` looks at first. A page holds at least as many. */
const lookedAtFirst = 50;

export function createLists(client: Client, session: Session, limit: PageSizeLimit): Lists {
  const pending = new Map<string, Promise<unknown>>();

  /** Asks once in an operation, also for what no cache may hold. */
  function ask<Q, P>(endpoint: Endpoint<Q, P>, params: Q): MaybePromise<P> {
    const known = pending.size === 0 ? undefined : pending.get(keyOf(endpoint.path, params));
    if (known !== undefined) return known as Promise<P>;
    const answer = client.call(endpoint, params, session);
    if (answer instanceof Promise) pending.set(keyOf(endpoint.path, params), answer);
    return answer;
  }

  /** The first page in one of these sizes. */
  function peek<Q extends Paged, P>(endpoint: Endpoint<Q, P>, params: Omit<Q, keyof Paged>, sizes: readonly number[]): P | undefined {
    for (const size of sizes) {
      const page = client.peek(endpoint, paramsOf<Q>(params, firstPage(size)), session);
      if (page !== undefined) return page;
    }
    return undefined;
  }

  const readBy =
    (plan: typeof planWindow): ReadList =>
    <Q extends Paged, P extends Page<unknown>>(endpoint: Endpoint<Q, P>, params: Omit<Q, keyof Paged>, window: Window) =>
      readWindow<ItemOf<P>, P & Page<ItemOf<P>>>(window, {
        method: endpoint.path,
        plan,
        limit,
        fetchPage(call) {
          const isWholeFirst = plan === planWhole && call.page === 1 && call.pageSize === limit.value;
          const page = (isWholeFirst ? peek(endpoint, params, limit.formerValues) : undefined) ?? ask(endpoint, paramsOf<Q>(params, call));
          // TypeScript cannot see that P is a page of its own items.
          return orPastTheEnd(page as MaybePromise<P & Page<ItemOf<P>>>, call.page);
        },
      });

  const readWhole = readBy(planWhole);
  const peekFirst: Lists["peekFirst"] = (endpoint, params) => peek(endpoint, params, [limit.value, ...limit.formerValues]);

  return {
    read: readBy(planWindow),
    readWhole,
    peekFirst,
    hasFirst: (endpoint, params) =>
      pending.has(keyOf(endpoint.path, { ...params, ...firstPage(limit.value) })) || peekFirst(endpoint, params) !== undefined,
    find: (endpoint, params, matches, place) =>
      findItem({ read: (window) => readWhole(endpoint, params, window), matches, method: endpoint.path, limit, place }),
  };
}

interface Search<T> {
  readonly read: (window: Window) => MaybePromise<WindowOf<T>>;
  readonly matches: (item: T) => boolean;
  readonly method: string;
  readonly limit: PageSizeLimit;
  readonly place: Place | undefined;
}

function findItem<T>(search: Search<T>): MaybePromise<T | undefined> {
  const { read, matches, limit, place } = search;
  const page = place?.page ?? 1;
  if (page === 1) return findFromStart(search);
  return andThen(
    read({ offset: (page - 1) * limit.value, count: limit.value }),
    ({ items }) => items.find(matches) ?? findFromStart(search),
  );
}

function findFromStart<T>({ read, matches, method, limit, place }: Search<T>): MaybePromise<T | undefined> {
  const look = (window: Window, unreadableBefore: number): MaybePromise<T | undefined> =>
    andThen(read(window), ({ items, positions, offset, end, hasNext }) => {
      const index = items.findIndex(matches);
      if (index >= 0) {
        place?.remember(Math.ceil((positions[index] as number) / limit.value));
        return items[index];
      }
      const unreadable = unreadableBefore + (end - offset - items.length);
      if (hasNext) return look(windowAfter(window, limit), unreadable);
      place?.remember(undefined);
      if (unreadable === 0) return undefined;
      const message = `7digital answered ${method} with an item that cannot be read, which may be the one that was asked for.`;
      throw new UpstreamError("UPSTREAM_BAD_RESPONSE", message, { method });
    });
  return look({ offset: 0, count: lookedAtFirst }, 0);
}

/** TypeScript cannot see that what is left out of Q and what is added make Q again. */
function paramsOf<Q extends Paged>(params: Omit<Q, keyof Paged>, call: PageCall): Q {
  return { ...params, ...call } as unknown as Q;
}

/** The rest of the first page, which has been read already, and then page by page. */
function windowAfter(window: Window, limit: PageSizeLimit): Window {
  const offset = window.offset + window.count;
  return { offset, count: offset < limit.value ? limit.value - offset : limit.value };
}

function keyOf(path: string, params: unknown): string {
  return `${path} ${JSON.stringify(params)}`;
}

/** A page past the end is error 1003 by the API document, and an empty page in recorded answers. */
function orPastTheEnd<P>(answer: MaybePromise<P>, page: number): MaybePromise<P | undefined> {
  if (!(answer instanceof Promise)) return answer;
  return answer.catch((error: unknown) => {
    if (page > 1 && error instanceof UpstreamError && error.sevendigitalCode === "1003") return undefined;
    throw error;
  });
}
