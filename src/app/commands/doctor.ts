/** `7digital-graphql doctor`: checks that a configuration works. It makes three calls to 7digital and one request to each of its other hosts. */
import { request } from "undici";
import { oauthRequestToken } from "../../account/endpoints.js";
import { releaseChart } from "../../catalogue/endpoints/release.js";
import { trackChart } from "../../catalogue/endpoints/track.js";
import type { UpstreamConfig } from "../../config/config.js";
import type { Client } from "../../upstream/client.js";
import { createClient } from "../../upstream/create-client.js";
import { UpstreamError } from "../../upstream/errors.js";
import { createAttemptStore, createRecordsCheck } from "../attempts.js";
import type { ServerAmbient } from "../ambient.js";
import type { ServerConfig } from "../server-config.js";

interface Finding {
  readonly isGood: boolean;
  readonly what: string;
  /** What was found and, if it is not good, what to do. */
  readonly found: string;
}

export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** Whether all is well. */
  readonly isGood: boolean;
}

export async function diagnose(config: ServerConfig, ambient: ServerAmbient): Promise<Diagnosis> {
  const drift = { differences: 0 };
  const client = createClient(
    { ...config, ...config.upstream },
    { ...ambient, observe: () => undefined, noticed: (reading) => (drift.differences += reading.size) },
  );
  try {
    const findings = [
      await keyOf(client, config),
      await signatureOf(client, config),
      clockOf(client, ambient),
      quotaOf(client),
      await responsesOf(client, config, drift),
      ...(await Promise.all(hostsOf(config.upstream))),
      ...(await recordsOf(config)),
      ...(await redisOf(config)),
    ];
    return { findings, isGood: findings.every(({ isGood }) => isGood) };
  } finally {
    await client.close();
  }
}

/** A line for each finding. */
export function printed({ findings }: Diagnosis): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  return findings.map(({ isGood, what, found }) => `${isGood ? "ok     " : "PROBLEM"} ${what.padEnd(width)}  ${found}\n`).join("");
}

const onePage = { page: 1, pageSize: 10 };

async function keyOf(client: Client, { defaultStore }: ServerConfig): Promise<Finding> {
  const advice = "Compare SEVENDIGITAL_CONSUMER_KEY and SEVENDIGITAL_BASE_URL with what 7digital gave you.";
  return tried("consumer key", advice, async () => {
    await client.call(releaseChart, onePage, { store: defaultStore });
    return "7digital accepts it";
  });
}

async function signatureOf(client: Client, { defaultStore }: ServerConfig): Promise<Finding> {
  const advice = "Compare SEVENDIGITAL_CONSUMER_SECRET and SEVENDIGITAL_SECURE_BASE_URL with what 7digital gave you.";
  return tried("consumer secret", advice, async () => {
    await client.call(oauthRequestToken, {}, { store: defaultStore });
    return "7digital accepts our signature";
  });
}

/** Signatures carry 7digital's time, so only a large difference says something: that other things on this machine may be wrong. */
const largestSkewSeconds = 60;

function clockOf(client: Client, { now }: ServerAmbient): Finding {
  const seconds = Math.round((client.now() - now()) / 1000);
  const isGood = Math.abs(seconds) <= largestSkewSeconds;
  const found = `${String(Math.abs(seconds))} s ${seconds < 0 ? "ahead of" : "behind"} 7digital's`;
  return { isGood, what: "clock", found: isGood ? found : `${found}. Synchronise this machine's clock.` };
}

function quotaOf(client: Client): Finding {
  const quota = client.quota();
  const found =
    quota === undefined
      ? "7digital sends none"
      : `${String(quota.remaining)} of ${String(quota.limit)} calls are left until ${until(quota.resetAtMs)}`;
  const isGood = quota === undefined || quota.remaining > 0;
  return { isGood, what: "calls of the day", found: isGood ? found : `${found}. Until then, only cached responses are served.` };
}

const until = (atMs: number): string => new Date(atMs).toISOString();

async function responsesOf(client: Client, { defaultStore }: ServerConfig, drift: { differences: number }): Promise<Finding> {
  return tried("responses", "Look at the method named in the message.", async () => {
    await client.call(trackChart, onePage, { store: defaultStore });
    const count = drift.differences;
    return count === 0 ? "as we know them" : `${String(count)} values or elements are new to us: the log of the server names them`;
  });
}

function hostsOf({ mediaUrl, streamUrl, previewUrl, accountUrl, proxy, secureProxy }: UpstreamConfig): readonly Promise<Finding>[] {
  if (proxy !== undefined || secureProxy !== undefined) return [];
  const hosts = { SEVENDIGITAL_MEDIA_URL: mediaUrl, SEVENDIGITAL_STREAM_URL: streamUrl };
  const others = { SEVENDIGITAL_PREVIEW_URL: previewUrl, SEVENDIGITAL_ACCOUNT_URL: accountUrl };
  return Object.entries({ ...hosts, ...others }).map(([setting, url]) =>
    tried(new URL(url).host, `Is ${setting} right, and may this machine reach it?`, async () => {
      // Any status shows that the host is there.
      const { body } = await request(url, { method: "HEAD", headersTimeout: 5000, bodyTimeout: 5000 });
      await body.dump();
      return "answers";
    }),
  );
}

async function recordsOf(config: ServerConfig): Promise<readonly Finding[]> {
  const store = createAttemptStore(config);
  try {
    const problem = await createRecordsCheck(store)();
    const found = problem === undefined ? "can be written" : `${problem}. Purchases are off until they can be recorded.`;
    const risks = store.risks().map(({ advice }) => ({ isGood: false, what: "purchase records", found: advice }));
    return [{ isGood: problem === undefined, what: "purchase records", found }, ...risks];
  } finally {
    await store.close();
  }
}

/** Its client is loaded only where there is one. */
async function redisOf({ redisUrl }: ServerConfig): Promise<readonly Finding[]> {
  if (redisUrl === undefined) return [];
  const { checkRedis } = await import("../../redis/check.js");
  const problem = await checkRedis(redisUrl);
  return [{ isGood: problem === undefined, what: "Redis", found: problem ?? "can be used" }];
}

async function tried(what: string, advice: string, attempt: () => Promise<string>): Promise<Finding> {
  try {
    return { isGood: true, what, found: await attempt() };
  } catch (error) {
    return { isGood: false, what, found: `${reasonOf(error)} ${advice}` };
  }
}

/** Messages of others may hold addresses with secrets. */
function reasonOf(error: unknown): string {
  if (error instanceof UpstreamError) return error.message;
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
  return `No connection (${code}).`;
}
