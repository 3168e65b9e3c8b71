/** Whether a Redis is fit for what copies share, for `7digital-graphql doctor`. It sends what the service sends, to a name that nothing else uses. */
import { Redis } from "ioredis";
import { reasonOf } from "./connection.js";

const mostMs = 2000;
const name = "7d:doctor";

/** @returns What is wrong and what to do, without the password; undefined where nothing is. */
export async function checkRedis(url: string): Promise<string | undefined> {
  const limits = { connectTimeout: mostMs, commandTimeout: mostMs, socketTimeout: mostMs };
  const redis = new Redis(url, { ...limits, lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  // A connection that is refused says why in an event; the command only says that there is none.
  let reason: string | undefined;
  redis.on("error", (error) => (reason ??= reasonOf(error)));
  try {
    await redis.connect();
    await tryCommands(redis);
    const memory = await redis.info("memory");
    await redis.subscribe(name);
    // A database that is not there, or may not be chosen, is no reason for the client to stop: it goes on in another.
    return reason === undefined ? adviceOn(memory) : `It does not let us into the database that REDIS_URL names (${reason}).`;
  } catch (error) {
    return adviceFor(reason ?? reasonOf(error));
  } finally {
    redis.disconnect();
  }
}

/** Of answers, turns and counts. @throws Error */
async function tryCommands(redis: Redis): Promise<void> {
  redis.defineCommand("tryDoctor", {
    numberOfKeys: 1,
    lua: "redis.call('PEXPIRE', KEYS[1], 2000) return redis.call('INCRBY', KEYS[1], 1)",
  });
  await redis.ping();
  await redis.set(name, "1", "PX", mostMs);
  // By EVALSHA, and by EVAL where the script is new.
  await (redis as Redis & { tryDoctor: (key: string) => Promise<number> }).tryDoctor(name);
  const counted = await redis.multi().get(name).pttl(name).exec();
  for (const [error] of counted ?? []) if (error !== null) throw error;
  await redis.del(name);
  await redis.publish(name, "1");
}

const commands = "PING, INFO, SET, GET, DEL, INCRBY, PEXPIRE, PTTL, MULTI, EXEC, EVAL, EVALSHA, PUBLISH, SUBSCRIBE";
const eviction = "Set maxmemory-policy to allkeys-lru.";

/** By the word that begins an error of Redis. */
const advice: Readonly<Record<string, string>> = {
  NOPERM: `Its user needs more rights (NOPERM): ${commands}, on keys and channels 7d:*.`,
  WRONGPASS: "It rejects the user or the password of REDIS_URL (WRONGPASS).",
  NOAUTH: "It rejects the user or the password of REDIS_URL (NOAUTH).",
  OOM: `It is full and keeps nothing more. ${eviction}`,
  READONLY: "It is a replica (READONLY). REDIS_URL must name the primary.",
  MOVED: "It is a cluster (MOVED). REDIS_URL must name a single server.",
  CLUSTERDOWN: "It is a cluster (CLUSTERDOWN). REDIS_URL must name a single server.",
  LOADING: "It is starting and loads its data (LOADING). Try again soon.",
  MISCONF: "It takes no writes because it cannot save its data (MISCONF): look at its log.",
};

function adviceFor(reason: string): string {
  return advice[reason] ?? `No connection (${reason}). Is REDIS_URL right, and may this machine reach it?`;
}

function adviceOn(memory: string): string | undefined {
  const setting = (key: string): string | undefined => new RegExp(`^${key}:(.*?)\\r?$`, "m").exec(memory)?.[1];
  if (setting("maxmemory") === "0") return "It may grow without bounds. Set maxmemory, and maxmemory-policy to allkeys-lru.";
  const policy = setting("maxmemory_policy");
  return policy === "noeviction" ? `When it is full, it keeps nothing new (maxmemory-policy ${policy}). ${eviction}` : undefined;
}
