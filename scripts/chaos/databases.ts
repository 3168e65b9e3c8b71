/** What the façades share: records of purchases, and where it is to be disturbed, a Redis and a PostgreSQL. Each façade reaches them through
 *  relays of its own. */
import { PostgresServer } from "../databases/postgres-server.js";
import { newRecordsPlace, type StoreName } from "../databases/records-place.js";
import { RedisServer } from "../databases/redis-server.js";
import { Relay } from "../databases/relay.js";
import { disturbancesOf, type Period } from "./disturbance.js";
import { Disturber, type Disturbed } from "./disturber.js";
import type { ChaosOptions } from "./options.js";

interface Place {
  /** Settings that lead a façade there. */
  readonly environment: (facade: number) => Readonly<Record<string, string>>;
  readonly disturbed?: Disturbed;
  remove(): Promise<void>;
}

export class Databases {
  private readonly disturbers: readonly Disturber[];

  private constructor(
    private readonly places: readonly Place[],
    private readonly facades: number,
  ) {
    this.disturbers = places.flatMap(({ disturbed }) => (disturbed === undefined ? [] : [new Disturber(disturbed)]));
  }

  static async start({ store, disturb, facades }: Pick<ChaosOptions, "store" | "disturb" | "facades">): Promise<Databases> {
    const records = disturb.includes("postgres") ? postgresPlace(facades) : sharedPlace(store);
    return new Databases([await records, ...(disturb.includes("redis") ? [await redisPlace(facades)] : [])], facades);
  }

  /** Settings that lead a façade there. */
  environment(facade: number): Readonly<Record<string, string>> {
    return Object.assign({}, ...this.places.map(({ environment }) => environment(facade))) as Record<string, string>;
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
      .forEach((target, nth) => this.disturbers[nth]?.begin(disturbancesOf(seed, target, this.facades), failed));
  }

  /** Calls the listener once, when PostgreSQL has committed a change of a record that holds the text and its answer is passed on. Without a relay, never. */
  onCommitted(text: string, listener: () => void): void {
    const relays = this.places.flatMap(({ disturbed }) => (disturbed?.target === "postgres" ? disturbed.relays : []));
    const look = (written: string): void => {
      if (!written.includes(text)) return;
      for (const { events } of relays) events.off("committed", look);
      listener();
    };
    for (const { events } of relays) events.on("committed", look);
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

async function sharedPlace(store: StoreName): Promise<Place> {
  const place = await newRecordsPlace(store);
  return { environment: () => place.environment, remove: () => place.remove() };
}

async function relaysTo(port: number, facades: number): Promise<readonly Relay[]> {
  return Promise.all(Array.from({ length: facades }, () => Relay.start(port)));
}

/** @param url Of a database. @returns The same through the relay. */
function through(relay: Relay | undefined, url: string): string {
  if (relay === undefined) throw new Error("There is no such façade.");
  const led = new URL(url);
  led.port = String(relay.port);
  return led.href;
}

/** Nothing is lost but processes, so nothing has to be written again after a crash, which takes seconds. */
const quickRecovery = ["recovery_init_sync_method=syncfs"];

async function postgresPlace(facades: number): Promise<Place> {
  const server = await PostgresServer.start(quickRecovery);
  const url = await server.newDatabase();
  const relays = await relaysTo(server.port, facades);
  return {
    environment: (facade) => ({ DATABASE_URL: through(relays[facade], url) }),
    disturbed: {
      target: "postgres",
      relays,
      stop: () => server.stop(),
      kill: () => server.crash(),
      start: () => server.run(quickRecovery),
      freeze: () => server.freeze(),
      flush: () => Promise.reject(new Error("Nothing may flush the records.")),
    },
    async remove() {
      await Promise.all(relays.map((relay) => relay.close()));
      await server.remove();
    },
  };
}

async function redisPlace(facades: number): Promise<Place> {
  const server = await RedisServer.start();
  const relays = await relaysTo(Number(new URL(server.url).port), facades);
  return {
    environment: (facade) => ({
      REDIS_URL: through(relays[facade], server.url),
      // Copies count in Redis what they limit. No user comes near.
      LIMIT_OPERATIONS_PER_MINUTE: "20000",
      LIMIT_PURCHASES_PER_MINUTE: "20000",
    }),
    disturbed: {
      target: "redis",
      relays,
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
      await Promise.all(relays.map((relay) => relay.close()));
      await server.remove();
    },
  };
}
