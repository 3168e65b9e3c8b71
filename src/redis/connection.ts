/** A connection to Redis or Valkey that nothing depends on: a command that fails, or takes too long, has no answer. With the first that takes too
 *  long the others stop waiting, and none is sent until Redis answers again: one that hangs delays no request twice. One that is slow again and
 *  again is left alone for longer each time. */
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";

/** Longest wait for an answer. */
const patienceMs = 40;
/** The same where order is worth more than time. */
const longPatienceMs = 500;
const steps = 4;
/** How often a Redis that took too long is asked whether it answers in time again. */
const askAgainMs = 100;
/** Where it was slow again within so long, it is left alone first: at least so long, twice as long each time, at most so long. */
const calmMs = 10_000;
const shortestPauseMs = 250;
const longestPauseMs = 4000;
/** Without an answer for so long, the connection is made anew: the other end may be gone without a word. */
const silentMs = 5000;
const longestReconnectMs = 2000;

/** `skipped` is a command that was not sent, because there is no connection or an earlier one took too long. */
export type CommandOutcome = "ok" | "failed" | "skipped";

export interface ConnectionOptions {
  /** redis:// or rediss://, with user, password and number of the database. */
  readonly url: string;
  readonly countCommand: (outcome: CommandOutcome) => void;
  /** Called each time that it is lost or there again. @param reason Why it was lost: SLOW, a word of Redis or a code of Node. */
  readonly changed: (isThere: boolean, reason: string) => void;
  /** Called for each command that it answers with an error. @param reason A word of Redis, such as OOM. */
  readonly refused: (reason: string) => void;
}

export class Connection {
  /** For commands. */
  readonly redis: Redis;
  private readonly listener: Redis;
  /** Commands that wait, each with how to end that. Redis answers in order: where one takes too long, those behind it do as well. */
  private readonly waiting = new Set<() => void>();
  private isSilent = false;
  private pauseMs = 0;
  /** When it was last slow; of `performance.now()`. */
  private silentUntilMs = -Infinity;
  private wasThere: boolean | undefined;
  /** When it was last found to be a replica; of `performance.now()`. */
  private replicaAtMs = -Infinity;

  constructor(private readonly options: ConnectionOptions) {
    this.redis = new Redis(options.url, {
      socketTimeout: silentMs,
      connectTimeout: longestReconnectMs,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      enableAutoPipelining: true,
      retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, longestReconnectMs),
      reconnectOnError: ({ message }) => message.startsWith("READONLY") && this.mayReconnect(),
    });
    // It waits for messages, so it has no time limits.
    this.listener = this.redis.duplicate({ socketTimeout: undefined, enableOfflineQueue: true, maxRetriesPerRequest: null });
    this.listener.on("error", () => undefined);
    this.redis.on("error", (error) => {
      if (this.redis.status !== "ready") this.note(false, reasonOf(error));
    });
    this.redis.on("ready", () => this.note(true));
    this.redis.on("close", () => this.note(false, "CLOSED"));
  }

  /** Whether commands are sent at the moment. */
  get isThere(): boolean {
    return this.redis.status === "ready" && !this.isSilent;
  }

  /** After a failover the name leads to another server. Where it goes on leading to a replica, the connection is kept. */
  private mayReconnect(): boolean {
    if (performance.now() - this.replicaAtMs < calmMs) return false;
    this.replicaAtMs = performance.now();
    return true;
  }

  /** @param undo Sent right after a command that took too long, which Redis may still carry out. @returns undefined where there is no answer. */
  run<T>(command: (redis: Redis) => Promise<T>, undo?: (redis: Redis) => Promise<unknown>): Promise<T | undefined> {
    return this.send(this.isThere, (redis) => inTime(command(redis), patienceMs, this.waiting), undo);
  }

  /** Waits longer, also after commands that took too long. */
  runPatiently<T>(command: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    return this.send(this.redis.status === "ready", (redis) => inTime(command(redis), longPatienceMs));
  }

  private async send<T>(
    isThere: boolean,
    command: (redis: Redis) => Promise<T>,
    undo?: (redis: Redis) => Promise<unknown>,
  ): Promise<T | undefined> {
    if (!isThere) {
      this.options.countCommand("skipped");
      return undefined;
    }
    try {
      const answer = await command(this.redis);
      this.options.countCommand("ok");
      return answer;
    } catch (error) {
      this.options.countCommand("failed");
      if (error instanceof Error && error.name === "ReplyError") this.options.refused(reasonOf(error));
      if (error === tooLate) {
        undo?.(this.redis).catch(() => undefined);
        void this.beSilent();
      }
      return undefined;
    }
  }

  /** Until Redis answers in time, or is gone. */
  private async beSilent(): Promise<void> {
    if (this.isSilent) return;
    this.isSilent = true;
    for (const giveUp of this.waiting) giveUp();
    const isAgain = performance.now() - this.silentUntilMs < calmMs;
    this.pauseMs = isAgain ? Math.min(Math.max(2 * this.pauseMs, shortestPauseMs), longestPauseMs) : 0;
    await wait(this.pauseMs, undefined, { ref: false });
    while (this.redis.status === "ready" && !(await this.answers())) {
      this.note(false, "SLOW");
      await wait(askAgainMs, undefined, { ref: false });
    }
    if (this.redis.status === "ready") this.note(true);
    this.silentUntilMs = performance.now();
    this.isSilent = false;
  }

  /** Whether Redis answers in time. That it refuses is an answer. */
  private answers(): Promise<boolean> {
    return inTime(this.redis.ping(), patienceMs).then(
      () => true,
      (error: unknown) => error !== tooLate,
    );
  }

  /** @param connected Called now, and each time that messages may have been missed. */
  listen(channel: string, take: (message: string) => void, connected: () => void): void {
    this.listener.on("message", (_channel, message) => take(message));
    this.listener.on("ready", () => {
      this.listener.subscribe(channel).then(connected, () => undefined);
    });
  }

  close(): void {
    this.redis.disconnect();
    this.listener.disconnect();
  }

  private note(isThere: boolean, reason = ""): void {
    if (this.wasThere === isThere) return;
    this.wasThere = isThere;
    this.options.changed(isThere, reason);
  }
}

/** Redis begins its errors with a word, such as WRONGPASS. The rest may hold names. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "UNKNOWN";
  if (/timed? ?out/i.test(error.message)) return "TIMEOUT";
  const { code = /^[A-Z]+\b/.exec(error.message)?.[0] ?? error.name } = error as NodeJS.ErrnoException;
  return code;
}

const tooLate = new Error("Redis did not answer in time.");

/** Waits in several short steps. While this process is busy with something else, however long, only one of them passes: the answer may have arrived
 *  and not been read. @param waiting Has how to give up while it waits. @throws Error `tooLate` */
function inTime<T>(answer: Promise<T>, mostMs: number, waiting = new Set<() => void>()): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout;
    const giveUp = (): void => reject(tooLate);
    const step = (left: number): void => {
      timer = setTimeout(() => (left > 1 ? step(left - 1) : giveUp()), mostMs / steps);
    };
    step(steps);
    waiting.add(giveUp);
    answer.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      waiting.delete(giveUp);
    });
  });
}
