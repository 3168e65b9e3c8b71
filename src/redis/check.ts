/** Whether a Redis is fit for what copies share, for `7digital-graphql doctor`. Each of its commands goes to a name that nothing else uses. */
import { Redis } from "ioredis";
import { reasonOf } from "./connection.js";

const mostMs = 2000;
const name = "7d:doctor";

/** @returns What is wrong and what to do, without the password; undefined where nothing is. */
export async function checkRedis(url: string): Promise<string | undefined> {
  const limits = { connectTimeout: mostMs, commandTimeout: mostMs, socketTimeout: mostMs };
  const redis = new Redis(url, { ...limits, lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  // Commands also fail with it.
  let reason: string | undefined;
  redis.on("error", (error) => (reason ??= reasonOf(error)));
  try {
    await redis.connect();
    await redis.set(name, "1", "PX", mostMs, "NX");
    await redis.eval("return redis.call('DEL', KEYS[1])", 1, name);
    await redis.publish(name, "1");
    const memory = await redis.info("memory");
    await redis.subscribe(name);
    return adviceOn(memory);
  } catch (error) {
    return adviceFor(reason ?? reasonOf(error));
  } finally {
    redis.disconnect();
  }
}

function adviceFor(reason: string): string {
  if (reason === "NOPERM")
    return "Its user may not use all that the service needs (NOPERM): SET, EVAL, PUBLISH, SUBSCRIBE and INFO on 7d:*.";
  if (["WRONGPASS", "NOAUTH"].includes(reason)) return `It rejects the user or the password of REDIS_URL (${reason}).`;
  if (reason === "OOM") return `It is full and keeps nothing more. ${eviction}`;
  return `No connection (${reason}). Is REDIS_URL right, and may this machine reach it?`;
}

const eviction = "Set maxmemory-policy to allkeys-lru.";

function adviceOn(memory: string): string | undefined {
  const setting = (key: string): string | undefined => new RegExp(`^${key}:(.*?)\r?$`, "m").exec(memory)?.[1];
  if (setting("maxmemory") === "0") return "It may grow without bounds. Set maxmemory, and maxmemory-policy to allkeys-lru.";
  const policy = setting("maxmemory_policy");
  return policy === "noeviction" ? `When it is full, it keeps nothing new (maxmemory-policy ${policy}). ${eviction}` : undefined;
}
