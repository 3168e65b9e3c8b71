/** What copies tell each other by messages, each again and again: what a silent copy said is forgotten. */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { throttled } from "../shared/throttled.js";
import type { Connection } from "./connection.js";

/** Between two messages of a copy. */
const soonestMs = 20;
/** A copy repeats what it last said after so long, and is forgotten when it did not. */
const repeatMs = 1000;
const forgottenMs = 3500;

const messageSchema = z.object({ from: z.string(), news: z.unknown() });

interface NewsOptions<N> {
  readonly connection: Connection;
  readonly channel: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly schema: z.ZodType<N>;
  /** Takes what each other copy knows. */
  readonly heard: (news: readonly N[]) => void;
}

export class News<N> {
  private readonly copy = randomBytes(9).toString("base64url");
  private readonly others = new Map<string, { readonly news: N; readonly atMs: number }>();
  private read: (() => N) | undefined;
  private readonly send: (value: undefined) => void;
  private readonly repeating: NodeJS.Timeout;

  constructor(private readonly options: NewsOptions<N>) {
    const { connection, channel } = options;
    this.send = throttled(soonestMs, () => this.publish());
    connection.listen(
      channel,
      (message) => this.take(message),
      () => this.publish(),
    );
    this.repeating = setInterval(() => {
      this.forget();
      this.publish();
    }, repeatMs);
    this.repeating.unref();
  }

  /** What this copy knows has changed. @param read Gives it when it is sent. */
  changed(read: () => N): void {
    this.read = read;
    this.send(undefined);
  }

  close(): void {
    clearInterval(this.repeating);
  }

  private publish(): void {
    const { connection, channel } = this.options;
    const news = this.read?.();
    if (news !== undefined) void connection.run((redis) => redis.publish(channel, JSON.stringify({ from: this.copy, news })));
  }

  private take(text: string): void {
    const { schema, now } = this.options;
    const message = parsed(messageSchema, text);
    const news = message && schema.safeParse(message.news);
    // A later version may say what this one does not understand.
    if (message === undefined || message.from === this.copy || news?.success !== true) return;
    const isNew = !this.others.has(message.from);
    this.others.set(message.from, { news: news.data, atMs: now() });
    this.tell();
    if (isNew) this.send(undefined);
  }

  private forget(): void {
    const beforeMs = this.options.now() - forgottenMs;
    const silent = [...this.others].filter(([, { atMs }]) => atMs < beforeMs);
    for (const [copy] of silent) this.others.delete(copy);
    if (silent.length > 0) this.tell();
  }

  private tell(): void {
    this.options.heard([...this.others.values()].map(({ news }) => news));
  }
}

function parsed<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
