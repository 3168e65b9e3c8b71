/** What this copy shares with all others through Redis. Start reading here. */
import { z } from "zod";
import type { Log } from "../telemetry/log.js";
import type { Peers } from "../shared/peers.js";
import { throttled } from "../shared/throttled.js";
import type { PageSizes } from "../shared/window-read.js";
import type { AnswerStore } from "../upstream/cache/cache.js";
import { combinedQuota, type QuotaNews } from "../upstream/limits/quota.js";
import { createAnswerStore, type FindOutcome } from "./answers.js";
import { Connection, type CommandOutcome } from "./connection.js";
import { createNames, type NameOptions } from "./names.js";
import { News } from "./news.js";
import { createTurns } from "./turns.js";
import { createWindows } from "./windows.js";

interface RedisPeersOptions extends NameOptions {
  readonly url: string;
  /** What this process shares on its machine, or has alone. */
  readonly own: Peers;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly log: Log;
  /** Longest time that a call to 7digital may take. */
  readonly callMs: number;
  readonly countCommand: (outcome: CommandOutcome) => void;
  readonly countFind: (outcome: FindOutcome) => void;
}

export interface RedisPeers {
  readonly peers: Peers;
  readonly answers: AnswerStore;
  /** Whether Redis answers. */
  readonly isThere: () => boolean;
  readonly close: () => void;
}

/** Between two lines of the log about commands that are refused. */
const refusedMs = 60_000;
const count = z.number();
const quotaNews = z.object({
  known: z.object({ limit: count, used: count, remaining: count, resetAtMs: count, observedAtMs: count }).optional(),
  rejectedUntilMs: count,
  uncounted: count,
});
const copyNews = z.object({ quota: quotaNews.optional(), pageSizes: z.object({ catalogue: count, locker: count }).optional() });

export function createRedisPeers({ url, own, now, log, callMs, countCommand, countFind, ...named }: RedisPeersOptions): RedisPeers {
  const names = createNames(named);
  const connection = new Connection({
    url,
    countCommand,
    changed(isThere, reason) {
      if (isThere) log.info("Redis answers");
      else log.warn({ code: reason }, "Redis does not answer: this copy goes on with what it has");
    },
    refused: throttled(refusedMs, (code) => log.warn({ code }, "Redis refuses commands: this copy goes on with what it has")),
  });
  const shared = { connection, names };
  const { quota, pageSizes, close } = createNews(connection, names.prefix, now);
  return {
    peers: { ...own, quota, pageSizes, window: createWindows(shared), turns: createTurns({ ...shared, own: own.turns }) },
    answers: createAnswerStore({ ...shared, callMs, countFind }),
    isThere: () => connection.isThere,
    close() {
      close();
      connection.close();
    },
  };
}

function createNews(connection: Connection, prefix: string, now: () => number) {
  let readQuota: (() => QuotaNews) | undefined;
  let readPageSizes: (() => PageSizes) | undefined;
  let takeQuota: ((news: QuotaNews) => void) | undefined;
  let takePageSizes: ((sizes: PageSizes) => void) | undefined;
  const news = new News({
    connection,
    channel: `${prefix}:news`,
    now,
    schema: copyNews,
    heard(all) {
      takeQuota?.(combinedQuota(all.flatMap(({ quota }) => quota ?? [])));
      for (const { pageSizes } of all) if (pageSizes !== undefined) takePageSizes?.(pageSizes);
    },
  });
  const tell = (): void => news.changed(() => ({ quota: readQuota?.(), pageSizes: readPageSizes?.() }));
  const quota: Peers["quota"] = {
    changed(read) {
      readQuota = read;
      tell();
    },
    watch: (take) => void (takeQuota = take),
  };
  const pageSizes: Peers["pageSizes"] = {
    changed(read) {
      readPageSizes = read;
      tell();
    },
    watch: (take) => void (takePageSizes = take),
  };
  return { quota, pageSizes, close: () => news.close() };
}
