/** What a worker shares with the others, by way of the primary process. */
import type { Registry } from "prom-client";
import { KeyedMutex } from "../shared/keyed-mutex.js";
import type { Peers, Turns } from "../shared/peers.js";
import type { WindowKind } from "../shared/window.js";
import type { PrimaryLink, SharedCalls } from "./calls.js";
import { LeasedWindow } from "../shared/leased-window.js";
import { newsEveryMs } from "./news-desk.js";
import { SharedCounts } from "./shared-counts.js";
import { throttled } from "../shared/throttled.js";
import type { Topic, Topics } from "./topics.js";

interface WorkerPeers {
  readonly peers: Peers;
  /** What the primary process calls for them. */
  readonly calls: SharedCalls;
}

interface Options {
  /** How many workers there are. */
  readonly count: number;
  readonly primary: PrimaryLink;
  readonly registry: Registry;
}

export function createWorkerPeers({ count, primary, registry }: Options): WorkerPeers {
  const windows = new Map<WindowKind, LeasedWindow>();
  const watchers: { [T in Topic]?: (news: Topics[T]) => void } = {};
  /** @returns Tells the others what changed, from time to time. */
  const on = <T extends Topic>(topic: T): ((read: () => Topics[T]) => void) =>
    throttled(newsEveryMs, (read) => {
      primary.news.asEvent(topic, read()).catch(() => undefined);
    });
  const peers: Peers = {
    window(kind, periodMs, now) {
      const window = new LeasedWindow({ kind, periodMs, now, count, lease: (request) => primary.lease(request) });
      windows.set(kind, window);
      return window;
    },
    turns: createTurns(primary),
    counts(kind, most) {
      const counts = new SharedCounts({ most, count, changed: on(kind) });
      watchers[kind] = (news) => counts.learn(news);
      return counts;
    },
    quota: { changed: on("quota"), watch: (take) => (watchers.quota = take) },
    metrics: () => primary.metrics(),
  };
  return {
    peers,
    calls: {
      surrender: (kind, name) => windows.get(kind)?.surrender(name),
      news: (topic, news) => watchers[topic]?.(news),
      metrics: () => registry.getMetricsAsJSON(),
    },
  };
}

/** First in turn within the process, so that it asks for one turn of a name at a time. */
function createTurns(primary: PrimaryLink): Turns {
  const own = new KeyedMutex();
  return {
    run: (name, task) =>
      own.run(name, async () => {
        await primary.enter(name);
        try {
          return await task();
        } finally {
          // Where the primary process is gone there are no turns to leave.
          primary.leave.asEvent(name).catch(() => undefined);
        }
      }),
  };
}
