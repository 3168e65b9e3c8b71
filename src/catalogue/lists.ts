/** The catalogue's lists, read by window. */
import type { Client } from "../upstream/client.js";
import type { Endpoint } from "../upstream/endpoint.js";
import { UpstreamError } from "../upstream/errors.js";
import type { Session } from "../upstream/session.js";
import type { MaybePromise } from "../shared/maybe-promise.js";
import type { Page } from "../shared/page.js";
import { planWhole, planWindow, type Window } from "../shared/window-plan.js";
import { readWindow, type PageSizeLimit, type WindowRead } from "../shared/window-read.js";

interface Paged {
  readonly page?: number | undefined;
  readonly pageSize?: number | undefined;
}

type ItemOf<P extends Page<unknown>> = P["items"][number];

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
}

export function createLists(client: Client, session: Session, limit: PageSizeLimit): Lists {
  const by =
    (plan: typeof planWindow): ReadList =>
    <Q extends Paged, P extends Page<unknown>>(endpoint: Endpoint<Q, P>, params: Omit<Q, keyof Paged>, window: Window) =>
      readWindow<ItemOf<P>, P>(window, {
        plan,
        limit,
        fetchPage: (call) => orPastTheEnd(client.call(endpoint, { ...params, ...call } as unknown as Q, session), call.page),
      });
  return { read: by(planWindow), readWhole: by(planWhole) };
}

/** By the document a page past the end is error 1003; by recorded answers it is an empty page. Both mean the same. */
function orPastTheEnd<P extends Page<unknown>>(answer: MaybePromise<P>, page: number): MaybePromise<P> {
  if (!(answer instanceof Promise)) return answer;
  return answer.catch((error: unknown) => {
    if (page > 1 && error instanceof UpstreamError && error.sevendigitalCode === "1003") return { items: [] } as unknown as P;
    throw error;
  });
}
