/** A real Redis whose entries expire by a clock that is set by hand. Redis itself follows the clock of the machine, so their lifetimes are read as
 *  soon as they are set, and they are removed when they are over. */
import type { Redis } from "ioredis";
import { RedisServer } from "../databases/redis-server.js";

/** Claims of calls under way live for seconds and end by themselves. */
const answers = ":answer:";

export class TimedRedis {
  private readonly dueMs = new Map<string, number>();
  private readonly set = new Set<string>();

  private constructor(
    private readonly server: RedisServer,
    private readonly commands: Redis,
    private readonly events: Redis,
  ) {
    events.on("message", (_channel, key) => {
      if (key.includes(answers)) this.set.add(key);
    });
  }

  static async start(maxBytes: number): Promise<TimedRedis> {
    const memory = ["--maxmemory", String(maxBytes), "--maxmemory-policy", "allkeys-lru"];
    const server = await RedisServer.start([...memory, "--notify-keyspace-events", "E$"]);
    const commands = server.client();
    const events = server.client();
    await events.subscribe("__keyevent@0__:set");
    return new TimedRedis(server, commands, events);
  }

  get url(): string {
    return this.server.url;
  }

  /** What was set since the last call was set at this time. */
  async note(nowMs: number): Promise<void> {
    // Its answer comes after all messages so far.
    await this.events.ping();
    for (const key of this.set) {
      const leftMs = await this.commands.pttl(key);
      if (leftMs < 0) continue;
      await this.commands.persist(key);
      this.dueMs.set(key, nowMs + leftMs);
    }
    this.set.clear();
  }

  /** Removes what is over by then. */
  async expire(nowMs: number): Promise<void> {
    const over = [...this.dueMs].filter(([, dueMs]) => dueMs <= nowMs).map(([key]) => key);
    if (over.length > 0) await this.commands.del(...over);
    for (const key of over) this.dueMs.delete(key);
  }

  async remove(): Promise<void> {
    this.commands.disconnect();
    this.events.disconnect();
    await this.server.remove();
  }
}
