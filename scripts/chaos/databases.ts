/** What the façades share: records of purchases, and where it is to be disturbed, a Redis and a PostgreSQL behind relays. */
import { PostgresServer } from "../databases/postgres-server.js";
import { newRecordsPlace } from "../databases/records-place.js";
import { RedisServer } from "../databases/redis-server.js";
import { Relay } from "../databases/relay.js";
import { disturbancesOf, type Period } from "./disturbance.js";
import { Disturber, type Disturbed } from "./disturber.js";
import type { ChaosOptions } from "./options.js";

interface Place {
  readonly environment: Readonly<Record<string, string>>;
  readonly disturbed?: Disturbed;
  remove(): Promise<void>;
}

export class Databases {
  private readonly disturbers: readonly Disturber[];

  private constructor(private readonly places: readonly Place[]) {
    this.disturbers = places.flatMap(({ disturbed }) => (disturbed === undefined ? [] : [new Disturber(disturbed)]));
  }

  static async start({ store, disturb }: Pick<ChaosOptions, "store" | "disturb">): Promise<Databases> {
    const records = disturb.includes("postgres") ? postgresPlace() : newRecordsPlace(store);
    return new Databases([await records, ...(disturb.includes("redis") ? [await redisPlace()] : [])]);
  }

  /** Settings that lead a façade there. */
  get environment(): Readonly<Record<string, string>> {
    return Object.assign({}, ...this.places.map(({ environment }) => environment)) as Record<string, string>;
  }

  get periods(): readonly Period[] {
    return this.disturbers.flatMap(({ periods }) => periods);
  }

  /** Those of the records. */
  get recordPeriods(): readonly Period[] {
    return this.periods.filter(({ target }) => target === "postgres");
  }

  disturb(seed: number, failed: (error: unknown) => void): void {
    this.places
      .flatMap(({ disturbed }) => disturbed?.target ?? [])
      .forEach((target, nth) => this.disturbers[nth]?.begin(disturbancesOf(seed, target), failed));
  }

  /** Calls once when a change of a record that holds the text is committed, and the façade is told. Does nothing without a relay. */
  onCommitted(text: string, listener: () => void): void {
    for (const { disturbed } of this.places) {
      if (disturbed?.target !== "postgres") continue;
      const { events } = disturbed.relay;
      const look = (written: string): void => {
        if (!written.includes(text)) return;
        events.off("committed", look);
        listener();
      };
      events.on("committed", look);
    }
  }

  /** Resolves when no database is disturbed any more. */
  async calm(): Promise<void> {
    await Promise.all(this.disturbers.map((disturber) => disturber.end()));
  }

  async remove(): Promise<void> {
    await this.calm();
    await Promise.all(this.places.map((place) => place.remove()));
  }
}

/** Nothing is lost but processes, so nothing has to be written again after a crash, which takes seconds. */
const quickRecovery = ["recovery_init_sync_method=syncfs"];

async function postgresPlace(): Promise<Place> {
  const server = await PostgresServer.start(quickRecovery);
  const url = new URL(await server.newDatabase());
  const relay = await Relay.start(server.port);
  url.port = String(relay.port);
  return {
    environment: { DATABASE_URL: url.href },
    disturbed: {
      target: "postgres",
      relay,
      stop: () => server.stop(),
      kill: () => server.crash(),
      start: () => server.run(quickRecovery),
      freeze: () => server.freeze(),
      flush: () => Promise.reject(new Error("Nothing may flush the records.")),
    },
    async remove() {
      await relay.close();
      await server.remove();
    },
  };
}

async function redisPlace(): Promise<Place> {
  const server = await RedisServer.start();
  const relay = await Relay.start(Number(new URL(server.url).port));
  return {
    environment: {
      REDIS_URL: `redis://127.0.0.1:${String(relay.port)}`,
      // Copies count in Redis what they limit. Nobody comes near.
      LIMIT_OPERATIONS_PER_MINUTE: "20000",
      LIMIT_PURCHASES_PER_MINUTE: "20000",
    },
    disturbed: {
      target: "redis",
      relay,
      stop: () => server.stop(),
      kill: () => server.stop(),
      start: () => server.run(),
      freeze() {
        server.freeze();
        return () => server.thaw();
      },
      async flush() {
        await server.use((redis) => redis.flushall());
      },
    },
    async remove() {
      await relay.close();
      await server.remove();
    },
  };
}
