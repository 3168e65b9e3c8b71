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
type Read<P extends Page<unknown>> = MaybePromise<WindowRead<ItemOf<P>, P>>;

/** Where `find` found the same item before. */
export interface Place {
  /** Counted from 1 in the largest pages; undefined where that is not known. */
  readonly page: number | undefined;
  /** @param page Undefined where no item matches. */
  readonly remember: (page: number | undefined) => void;
}

/** How many items `find` looks at first. A page holds at least as many. */
const lookedAtFirst = 50;

/** Of one operation, in one session. */
export class Lists {
  private readonly pending = new Map<string, Promise<unknown>>();

  constructor(
    protected readonly client: Client,
    protected readonly session: Session,
    private readonly limit: PageSizeLimit,
  ) {}

  /** Reads a window of the list that a method answers by the fewest calls and, among those, the fewest items. */
  read<Q extends Paged, P extends Page<unknown>>(endpoint: Endpoint<Q, P>, params: Omit<Q, keyof Paged>, window: Window): Read<P> {
    return this.readBy(planWindow, endpoint, params, window);
  }

  /** As `read`, for lists that are short and mostly wanted whole: one answer serves every window. */
  readWhole<Q extends Paged, P extends Page<unknown>>(endpoint: Endpoint<Q, P>, params: Omit<Q, keyof Paged>, window: Window): Read<P> {
    return this.readBy(planWhole, endpoint, params, window);
  }

  /** The first item that matches; pages after it are not read, nor those before the page on which it was found last. Undefined where none
   *  matches. Rejects with UPSTREAM_BAD_RESPONSE where none matches and an item could not be read: it may be the one. */
  find<Q extends Paged, P extends Page<unknown>>(
    endpoint: Endpoint<Q, P>,
    params: Omit<Q, keyof Paged>,
    matches: (item: ItemOf<P>) => boolean,
    place?: Place,
  ): MaybePromise<ItemOf<P> | undefined> {
    const read = (window: Window) => this.readWhole(endpoint, params, window);
    return findItem({ read, matches, method: endpoint.path, limit: this.limit, place });
  }

  /** The first page of `readWhole`, of the current or a former largest size, if the cache holds it. Makes no call. */
  peekFirst<Q extends Paged, P extends Page<unknown>>(endpoint: Endpoint<Q, P>, params: Omit<Q, keyof Paged>): P | undefined {
    const { value, formerValues } = this.limit;
    return this.peek(endpoint, params, [value]) ?? this.peek(endpoint, params, formerValues);
  }

  /** Whether the first page of `readWhole` needs no further call: the operation has asked for it, or the cache holds it. */
  hasFirst<Q extends Paged, P extends Page<unknown>>(endpoint: Endpoint<Q, P>, params: Omit<Q, keyof Paged>): boolean {
    const asked = keyOf(endpoint.path, paramsOf<Q>(params, firstPage(this.limit.value)));
    return this.pending.has(asked) || this.peekFirst(endpoint, params) !== undefined;
  }

  private readBy<Q extends Paged, P extends Page<unknown>>(
    plan: typeof planWindow,
    endpoint: Endpoint<Q, P>,
    params: Omit<Q, keyof Paged>,
    window: Window,
  ): Read<P> {
    const { limit } = this;
    return readWindow<ItemOf<P>, P & Page<ItemOf<P>>>(window, {
      method: endpoint.path,
      plan,
      limit,
      fetchPage: (call) => {
        const isWholeFirst = plan === planWhole && call.page === 1 && call.pageSize === limit.value;
        const known = isWholeFirst ? this.peek(endpoint, params, limit.formerValues) : undefined;
        // TypeScript cannot see that P is a page of its own items.
        const page = (known ?? this.ask(endpoint, paramsOf<Q>(params, call))) as MaybePromise<P & Page<ItemOf<P>>>;
        return orPastTheEnd(page, call.page);
      },
    });
  }

  /** Asks once in an operation, also for what no cache may hold. */
  private ask<Q, P>(endpoint: Endpoint<Q, P>, params: Q): MaybePromise<P> {
    const { pending } = this;
    const known = pending.size === 0 ? undefined : pending.get(keyOf(endpoint.path, params));
    if (known !== undefined) return known as Promise<P>;
    const answer = this.client.call(endpoint, params, this.session);
    if (answer instanceof Promise) pending.set(keyOf(endpoint.path, params), answer);
    return answer;
  }

  /** The first page in one of these sizes. */
  private peek<Q extends Paged, P>(endpoint: Endpoint<Q, P>, params: Omit<Q, keyof Paged>, sizes: readonly number[]): P | undefined {
    for (const size of sizes) {
      const page = this.client.peek(endpoint, paramsOf<Q>(params, firstPage(size)), this.session);
      if (page !== undefined) return page;
    }
    return undefined;
  }
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

/** TypeScript cannot see that what is left out of Q and what is added make Q again. Not by spreading, which takes longer than the rest of reading
 *  a list from the cache. */
function paramsOf<Q extends Paged>(params: Omit<Q, keyof Paged>, call: PageCall): Q {
  return Object.assign({}, params, call) as unknown as Q;
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
