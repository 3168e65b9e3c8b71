/** A small HTTP cache after RFC 9111, for tests: it keeps responses to GETs as their headers say, and asks again with If-None-Match. */
import { request } from "undici";

type Headers = Readonly<Record<string, string>>;

export interface Kept {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

interface Stored extends Kept {
  /** The request's headers that Vary names. */
  readonly varied: Headers;
  freshUntilMs: number;
}

/** @param shared Whether several clients share it: it keeps nothing that is `private`. @param now Epoch milliseconds. */
export function createHttpCache(shared: boolean, now: () => number) {
  const stored = new Map<string, Stored[]>();
  const counts = { served: 0, revalidated: 0, passed: 0 };

  async function get(url: string, headers: Headers): Promise<Kept & { readonly from: "cache" | "origin" }> {
    const entries = stored.get(url) ?? [];
    const found = entries.find(({ varied }) => Object.entries(varied).every(([name, value]) => (headers[name] ?? "") === value));
    const askedAtMs = now();
    if (found !== undefined && askedAtMs < found.freshUntilMs) {
      counts.served += 1;
      return { ...found, from: "cache" };
    }
    const etag = found?.headers["etag"];
    const answer = await request(url, { headers: { ...headers, ...(etag !== undefined && { "if-none-match": etag }) } });
    const received = { ...(answer.headers as Headers) };
    const body = await answer.body.text();
    if (answer.statusCode === 304 && found !== undefined) {
      counts.revalidated += 1;
      found.freshUntilMs = askedAtMs + lifetimeMs(received, shared, headers);
      return { ...found, from: "origin" };
    }
    counts.passed += 1;
    const ttlMs = lifetimeMs(received, shared, headers);
    const others = entries.filter((entry) => entry !== found);
    const kept = { status: answer.statusCode, headers: received, body };
    if (answer.statusCode === 200 && ttlMs > 0 && received["vary"] !== "*") {
      others.push({ ...kept, varied: variedBy(received["vary"] ?? "", headers), freshUntilMs: askedAtMs + ttlMs });
    }
    stored.set(url, others);
    return { ...kept, from: "origin" };
  }

  return { get, counts };
}

function variedBy(vary: string, headers: Headers): Headers {
  const names = vary.split(",").map((name) => name.trim().toLowerCase());
  return Object.fromEntries(names.filter((name) => name !== "").map((name) => [name, headers[name] ?? ""]));
}

/** 0 where it may not be stored. */
function lifetimeMs(received: Headers, shared: boolean, sent: Headers): number {
  const directives = (received["cache-control"] ?? "").split(",").map((one) => one.trim().toLowerCase());
  const isPublic = directives.includes("public");
  if (directives.includes("no-store") || directives.includes("no-cache")) return 0;
  if (shared && (directives.includes("private") || (sent["authorization"] !== undefined && !isPublic))) return 0;
  const maxAge = directives.map((one) => /^max-age=(\d+)$/.exec(one)?.[1]).find((value) => value !== undefined);
  return (Number(maxAge ?? 0) - Number(received["age"] ?? 0)) * 1000;
}
