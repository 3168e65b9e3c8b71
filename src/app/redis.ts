/** Joins this process to the copies that share a Redis. The client of Redis is loaded only for that. */
import { alone } from "../shared/peers.js";
import type { RedisPeers } from "../redis/redis-peers.js";
import { createRedisMetrics } from "../telemetry/redis-metrics.js";
import type { ServerAmbient } from "./ambient.js";
import type { ServerConfig } from "./server-config.js";

/** @returns undefined without `REDIS_URL`. */
export async function joinCopies(config: ServerConfig, ambient: ServerAmbient): Promise<RedisPeers | undefined> {
  const { redisUrl: url, sealingKeys, upstream } = config;
  const [key] = sealingKeys;
  if (url === undefined || key === undefined) return undefined;
  const { now, log, registry, peers: own = alone() } = ambient;
  const { createRedisPeers } = await import("../redis/redis-peers.js");
  const metrics = createRedisMetrics(registry);
  const service = [upstream.baseUrl, upstream.consumerKey];
  const redis = createRedisPeers({ url, own, now, log, ...metrics, callMs: config.timeoutMs, secret: key.secret, service });
  metrics.watch(redis.isThere);
  return redis;
}
