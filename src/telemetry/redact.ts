/** Redaction, the safety net of log and traces: removes known secrets and what looks like one. No other code may rely on it. */
import type { Config, UpstreamConfig } from "../config/config.js";

const placeholder = "[secret]";

/** Shorter secrets would match harmless text. */
const shortest = 4;

/** Patterns that look like secrets. */
const suspicious: readonly (readonly [RegExp, string])[] = [
  [/\b((?:https?|postgres(?:ql)?):\/\/)[^\s"\\/?#@]*@/gi, `$1${placeholder}@`],
  [/\b(https?:\/\/[^\s"\\?#]*)[?#][^\s"\\]*/gi, `$1?${placeholder}`],
  [/oauth_\w+(?:\s*(?:=|%3D|:)\s*(?:"[^"]*"|%22.*?%22|[^\s"&,;]*))?/gi, placeholder],
  [/\bbearer\s+[\w.~+/-]+=*/gi, placeholder],
  // Compact JWE and JWT.
  [/\beyJ[\w-]*(?:\.[\w-]*)+/g, placeholder],
  [/[\w.+%-]+@(?:[\w-]+\.)+[a-z]{2,}/gi, "[e-mail]"],
];

/** Control and bidirectional characters that JSON does not escape, but terminals obey. */
const unprintable = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** Longer texts are cut, because the patterns take long and such text is not useful in a log. */
const longestText = 2000;

/** What each of the patterns finds has one of these. To look for them is much faster. */
const hint = /:\/\/|oauth_|bearer|eyJ|@/i;

/** Redacts one text. @param secrets Those that are too short to match safely are ignored. */
export function createTextRedactor(secrets: readonly string[]): (text: string) => string {
  const known = [...new Set(secrets.filter((secret) => secret.length >= shortest).flatMap(spellings))];
  // The longest first, because one may contain another.
  known.sort((one, other) => other.length - one.length);
  const shortestKnown = known.at(-1)?.length ?? Infinity;

  return (text) => {
    let redacted = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
    if (redacted.length >= shortestKnown) for (const secret of known) redacted = redacted.replaceAll(secret, placeholder);
    if (hint.test(redacted)) for (const [pattern, instead] of suspicious) redacted = redacted.replace(pattern, instead);
    return redacted;
  };
}

/** Values under these names are not written, whatever they are. */
const secretNames: ReadonlySet<string> = new Set([
  ...["authorization", "cookie", "headers", "variables", "query", "url", "token", "secret", "password", "email", "voucher"],
]);
const secretName = /^oauth_/i;

/** Redacts the facts of a line: names and texts, at any depth. */
export function createFactsRedactor(redact: (text: string) => string): (facts: object) => Record<string, unknown> {
  const valueOf = (value: unknown): unknown => {
    if (typeof value === "string") return redact(value);
    if (typeof value !== "object" || value === null) return value;
    return Array.isArray(value) ? value.map(valueOf) : factsOf(value);
  };
  const factsOf = (facts: object): Record<string, unknown> => {
    const redacted: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(facts)) {
      redacted[redact(name)] = secretNames.has(name) || secretName.test(name) ? placeholder : valueOf(value);
    }
    return redacted;
  };
  return factsOf;
}

/** A line for terminals. */
export function withoutControls(line: string): string {
  return line.replace(unprintable, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Plain, percent-encoded and in base64. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [secret, encodeURIComponent(secret), bytes.toString("base64"), bytes.toString("base64url")];
}

interface SecretSettings extends Pick<
  Config,
  "operatorSecret" | "gatewaySecret" | "metricsSecret" | "sealingKeys" | "databaseUrl" | "redisUrl"
> {
  readonly upstream: Pick<UpstreamConfig, "consumerSecret" | "proxy" | "secureProxy">;
}

/** Every secret of a configuration. */
export function secretsOf(config: SecretSettings) {
  const { upstream, operatorSecret, gatewaySecret, metricsSecret, sealingKeys, databaseUrl, redisUrl } = config;
  const keys = sealingKeys.flatMap(({ secret }) => [Buffer.from(secret).toString("base64"), Buffer.from(secret).toString("hex")]);
  const stores = [databaseUrl, redisUrl].flatMap((url) => (url === undefined ? [] : [url, ...passwordsOf(url)]));
  const given = [upstream.consumerSecret, operatorSecret, gatewaySecret, metricsSecret];
  const proxies = [upstream.proxy, upstream.secureProxy].flatMap((proxy) => proxySecrets(proxy?.authorization));
  return [...given, ...keys, ...stores, ...proxies].filter((secret) => secret !== undefined);
}

/** Percent-encoded and decoded. */
function passwordsOf(url: string): readonly string[] {
  const { password, searchParams } = new URL(url);
  return [password, decoded(password), searchParams.get("password") ?? ""];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The encoded credentials, and the password alone; the user name where there is no password. */
function proxySecrets(authorization = ""): readonly string[] {
  const encoded = authorization.replace(/^Basic /, "");
  const [, user = "", password = ""] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  return [encoded, password || user];
}
