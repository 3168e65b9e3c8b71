/** The catalogue's lists, read by window or searched for one item, for one operation. */
import type { Client } from "../upstream/client.js";
import type { Endpoint } from "../upstream/endpoint.js";
import { UpstreamError } from "../upstream/errors.js";
import type { Unreadable } from "../upstream/unreadable.js";
import type { Session } from "../upstream/session.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import type { Page } from "../shared/page.js";
import { planWhole, planWindow, type Window } from "../shared/window-plan.js";
import { readWindow, type PageSizeLimit, type WindowRead } from "../shared/window-read.js";

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
  /** The first item that matches, reading no further than it stands; undefined where none does. Rejects with UPSTREAM_BAD_RESPONSE where none
   *  does and an item could not be read: it may be the one. */
  find<Q extends Paged, P extends Page<unknown>>(
    endpoint: Endpoint<Q, P>,
    params: Omit<Q, keyof Paged>,
    matches: (item: ItemOf<P>) => boolean,
  ): MaybePromise<ItemOf<P> | undefined>;
}

/** How many items `find` looks at first; a page holds at least as many. */
const lookedAtFirst = 50;

export function createLists(client: Client, session: Session, limit: PageSizeLimit): Lists {
  const underWay = new Map<string, Promise<unknown>>();

  /** What is not to be kept for others is still asked for only once in an operation. */
  function ask<Q, P>(endpoint: Endpoint<Q, P>, params: Q): MaybePromise<P> {
    const known = underWay.size === 0 ? undefined : underWay.get(keyOf(endpoint.path, params));
    if (known !== undefined) return known as Promise<P>;
    const answer = client.call(endpoint, params, session);
    if (answer instanceof Promise) underWay.set(keyOf(endpoint.path, params), answer);
    return answer;
  }

  const by =
    (plan: typeof planWindow): ReadList =>
    <Q extends Paged, P extends Page<unknown>>(endpoint: Endpoint<Q, P>, params: Omit<Q, keyof Paged>, window: Window) =>
      readWindow<ItemOf<P>, P & Page<ItemOf<P>>>(window, {
        method: endpoint.path,
        plan,
        limit,
        // TypeScript can not see that what is left out of Q and what is added make Q again, nor that P is a page of its own items.
        fetchPage: (call) =>
          orPastTheEnd(ask(endpoint, { ...params, ...call } as unknown as Q) as MaybePromise<P & Page<ItemOf<P>>>, call.page),
      });

  const lists: Lists = {
    read: by(planWindow),
    readWhole: by(planWhole),
    find<Q extends Paged, P extends Page<unknown>>(
      endpoint: Endpoint<Q, P>,
      params: Omit<Q, keyof Paged>,
      matches: (item: ItemOf<P>) => boolean,
    ) {
      const look = (window: Window, skippedBefore: number): MaybePromise<ItemOf<P> | undefined> =>
        andThen(lists.readWhole(endpoint, params, window), ({ items, offset, end, hasNext }) => {
          const found = items.find(matches);
          if (found !== undefined) return found;
          const skipped = skippedBefore + (end - offset - items.length);
          if (hasNext) return look(windowAfter(window, limit), skipped);
          if (skipped > 0) throw unsure(endpoint.path);
          return undefined;
        });
      return look({ offset: 0, count: lookedAtFirst }, 0);
    },
  };
  return lists;
}

/** The rest of the first page, which is there already, and then page by page. */
function windowAfter(window: Window, limit: PageSizeLimit): Window {
  const offset = window.offset + window.count;
  return { offset, count: offset < limit.value ? limit.value - offset : limit.value };
}

function unsure(method: string): UpstreamError {
  const message = `7digital answered ${method} with an item that can not be read, which may be the one that was asked for.`;
  return new UpstreamError("UPSTREAM_BAD_RESPONSE", message, { method });
}

function keyOf(path: string, params: unknown): string {
  return `${path} ${JSON.stringify(params)}`;
}

/** By the document a page past the end is error 1003; by recorded answers it is an empty page. Both mean the same. */
function orPastTheEnd<P>(answer: MaybePromise<P>, page: number): MaybePromise<P | undefined> {
  if (!(answer instanceof Promise)) return answer;
  return answer.catch((error: unknown) => {
    if (page > 1 && error instanceof UpstreamError && error.sevendigitalCode === "1003") return undefined;
    throw error;
  });
}
