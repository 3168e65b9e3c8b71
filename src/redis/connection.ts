/** A connection to Redis or Valkey that nothing depends on: a command that fails, or takes too long, has no answer. After some that took too long
 *  none is sent for a moment, so that a Redis that hangs delays a few requests a second and not each. */
import { Redis } from "ioredis";

/** Longest wait for an answer. */
const patienceMs = 40;
/** The same where order is worth more than time. */
const longPatienceMs = 500;
const steps = 4;
/** One may be late because the machine is busy. */
const mostLate = 3;
const pauseMs = 1000;
/** Without an answer for so long, the connection is made anew: the other end may be gone without a word. */
const silentMs = 5000;
const longestReconnectMs = 2000;

/** `skipped` is a command that was not sent, because there is no connection or the last ones took too long. */
export type CommandOutcome = "ok" | "failed" | "skipped";

export interface ConnectionOptions {
  /** redis:// or rediss://, with user, password and number of the database. */
  readonly url: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly countCommand: (outcome: CommandOutcome) => void;
  /** Called each time that it is lost or there again. @param reason Why it was lost: a word of Redis or a code of Node. */
  readonly changed: (isThere: boolean, reason: string) => void;
}

export class Connection {
  /** For commands. */
  readonly redis: Redis;
  private readonly listener: Redis;
  /** Commands in a row that took too long. */
  private late = 0;
  private pausedUntilMs = 0;
  private wasThere: boolean | undefined;

  constructor(private readonly options: ConnectionOptions) {
    this.redis = new Redis(options.url, {
      socketTimeout: silentMs,
      connectTimeout: longestReconnectMs,
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      enableAutoPipelining: true,
      retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, longestReconnectMs),
      // Failing over, a former primary may answer reads only.
      reconnectOnError: ({ message }) => message.startsWith("READONLY"),
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
    return this.redis.status === "ready" && this.options.now() >= this.pausedUntilMs;
  }

  /** @returns undefined where there is no answer. */
  run<T>(command: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    return this.send(command, this.isThere, patienceMs);
  }

  /** Waits longer, also after commands that took too long. */
  runPatiently<T>(command: (redis: Redis) => Promise<T>): Promise<T | undefined> {
    return this.send(command, this.redis.status === "ready", longPatienceMs);
  }

  private async send<T>(command: (redis: Redis) => Promise<T>, isThere: boolean, mostMs: number): Promise<T | undefined> {
    if (!isThere) {
      this.options.countCommand("skipped");
      return undefined;
    }
    try {
      const answer = await inTime(command(this.redis), mostMs);
      this.options.countCommand("ok");
      this.late = 0;
      return answer;
    } catch (error) {
      this.options.countCommand("failed");
      if (error === tooLate) this.late += 1;
      if (this.late >= mostLate) this.pausedUntilMs = this.options.now() + pauseMs;
      return undefined;
    }
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
  const { code = /^[A-Z]+\b/.exec(error.message)?.[0] ?? error.name } = error as NodeJS.ErrnoException;
  return code;
}

const tooLate = new Error("Redis did not answer in time.");

/** Waits in several short steps. While this process is busy with something else, however long, only one of them passes: the answer may have arrived
 *  and not been read. @throws Error `tooLate` */
function inTime<T>(answer: Promise<T>, mostMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout;
    const step = (left: number): void => {
      timer = setTimeout(() => {
        if (left > 1) step(left - 1);
        else reject(tooLate);
      }, mostMs / steps);
    };
    step(steps);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
