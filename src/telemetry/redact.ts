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

/** Redacts one text. @param secrets Those that are too short to match safely are ignored. */
export function createTextRedactor(secrets: readonly string[]): (text: string) => string {
  const known = [...new Set(secrets.filter((secret) => secret.length >= shortest).flatMap(spellings))];
  // The longest first, because one may contain another.
  known.sort((one, other) => other.length - one.length);

  return (text) => {
    let redacted = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
    for (const secret of known) redacted = redacted.replaceAll(secret, placeholder);
    for (const [pattern, instead] of suspicious) redacted = redacted.replace(pattern, instead);
    return redacted;
  };
}

/** Redacts a line of JSON text by text, so that it stays valid JSON. A line that is not JSON is redacted as a whole. */
export function createLineRedactor(secrets: readonly string[]): (line: string) => string {
  const redact = createTextRedactor(secrets);
  return (line) => escapeUnprintable(redactJson(line, redact) ?? `${redact(line.trimEnd())}\n`);
}

/** Redacts names and values. Undefined where the line is not JSON. */
function redactJson(line: string, redact: (text: string) => string): string | undefined {
  const redactValue = (value: unknown): unknown => {
    if (typeof value === "string") return redact(value);
    if (Array.isArray(value)) return value.map(redactValue);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [redact(name), /^oauth_/i.test(name) ? placeholder : redactValue(one)]),
    );
  };
  try {
    return `${JSON.stringify(redactValue(JSON.parse(line)))}\n`;
  } catch {
    return undefined;
  }
}

function escapeUnprintable(line: string): string {
  return line.replace(unprintable, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Plain, percent-encoded and in base64. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [secret, encodeURIComponent(secret), bytes.toString("base64"), bytes.toString("base64url")];
}

interface SecretSettings extends Pick<Config, "operatorSecret" | "gatewaySecret" | "metricsSecret" | "sealingKeys" | "databaseUrl"> {
  readonly upstream: Pick<UpstreamConfig, "consumerSecret" | "proxy" | "secureProxy">;
}

/** Every secret of a configuration. */
export function secretsOf(config: SecretSettings) {
  const { upstream, operatorSecret, gatewaySecret, metricsSecret, sealingKeys, databaseUrl } = config;
  const keys = sealingKeys.flatMap(({ secret }) => [Buffer.from(secret).toString("base64"), Buffer.from(secret).toString("hex")]);
  const database = databaseUrl === undefined ? [] : [databaseUrl, ...passwordsOf(databaseUrl)];
  const given = [upstream.consumerSecret, operatorSecret, gatewaySecret, metricsSecret];
  const proxies = [upstream.proxy, upstream.secureProxy].flatMap((proxy) => proxySecrets(proxy?.authorization));
  return [...given, ...keys, ...database, ...proxies].filter((secret) => secret !== undefined);
}

/** Percent-encoded and decoded. */
function passwordsOf(databaseUrl: string): readonly string[] {
  const { password, searchParams } = new URL(databaseUrl);
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
