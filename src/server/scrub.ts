/** The last look at a line before it is written: whatever is known to be a secret, or looks like one, is not in it. It is for what got past
 *  everybody else; nobody may count on it. */
import type { Config, UpstreamConfig } from "../config.js";

const placeholder = "[secret]";

/** Shorter ones would tear up lines that hold no secret. */
const shortest = 4;

/** What looks like a secret. */
const suspicious: readonly (readonly [RegExp, string])[] = [
  [/\b((?:https?|postgres(?:ql)?):\/\/)[^\s"\\/?#@]*@/gi, `$1${placeholder}@`],
  [/\b(https?:\/\/[^\s"\\?#]*)[?#][^\s"\\]*/gi, `$1?${placeholder}`],
  [/oauth_\w+(?:\s*(?:=|%3D|:)\s*(?:"[^"]*"|%22.*?%22|[^\s"&,;]*))?/gi, placeholder],
  [/\bbearer\s+[\w.~+/-]+=*/gi, placeholder],
  // Compact JWE and JWT.
  [/\beyJ[\w-]*(?:\.[\w-]*)+/g, placeholder],
  [/[\w.+%-]+@(?:[\w-]+\.)+[a-z]{2,}/gi, "[e-mail]"],
];

/** What terminals obey or hide although JSON lets it stand. */
const unprintable = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** More of one text is of no use to anybody, and takes the patterns long. */
const longestText = 2000;

/** Looks through one text.
 *  @param secrets Empty ones, and those too short to be found safely, are passed over. */
export function textScrubber(secrets: readonly string[]): (text: string) => string {
  const known = [...new Set(secrets.filter((secret) => secret.length >= shortest).flatMap(spellings))];
  // The longest first: one may hold another.
  known.sort((one, other) => other.length - one.length);

  return (text) => {
    let cleaned = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
    for (const secret of known) cleaned = cleaned.replaceAll(secret, placeholder);
    for (const [pattern, instead] of suspicious) cleaned = cleaned.replace(pattern, instead);
    return cleaned;
  };
}

/** Looks through a line of JSON, text by text, so that it stays one; and through whatever is none as a whole. */
export function scrubber(secrets: readonly string[]): (line: string) => string {
  const clean = textScrubber(secrets);
  return (line) => visible(ofJson(line, clean) ?? `${clean(line.trimEnd())}\n`);
}

/** The line with its texts cleaned, names and values alike; undefined where it is no JSON. */
function ofJson(line: string, clean: (text: string) => string): string | undefined {
  const cleaned = (value: unknown): unknown => {
    if (typeof value === "string") return clean(value);
    if (Array.isArray(value)) return value.map(cleaned);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [clean(name), /^oauth_/i.test(name) ? placeholder : cleaned(one)]),
    );
  };
  try {
    return `${JSON.stringify(cleaned(JSON.parse(line)))}\n`;
  } catch {
    return undefined;
  }
}

function visible(line: string): string {
  return line.replace(unprintable, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** As it is, in a URL, and in base64. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [secret, encodeURIComponent(secret), bytes.toString("base64"), bytes.toString("base64url")];
}

interface Secretive extends Pick<Config, "operatorSecret" | "gatewaySecret" | "metricsSecret" | "sealingKeys" | "databaseUrl"> {
  readonly upstream: Pick<UpstreamConfig, "consumerSecret" | "proxy" | "secureProxy">;
}

/** All that a configuration keeps secret. */
export function secretsOf(config: Secretive) {
  const { upstream, operatorSecret, gatewaySecret, metricsSecret, sealingKeys, databaseUrl } = config;
  const keys = sealingKeys.flatMap(({ secret }) => [Buffer.from(secret).toString("base64"), Buffer.from(secret).toString("hex")]);
  const database = databaseUrl === undefined ? [] : [databaseUrl, ...passwordsOf(databaseUrl)];
  const given = [upstream.consumerSecret, operatorSecret, gatewaySecret, metricsSecret];
  const proxies = [upstream.proxy, upstream.secureProxy].flatMap((proxy) => proxySecrets(proxy?.authorization));
  return [...given, ...keys, ...database, ...proxies].filter((secret) => secret !== undefined);
}

/** As they are in the URL, and as they are meant. */
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

/** As it is sent, and the password alone, or what stands for both where there is none. */
function proxySecrets(authorization = ""): readonly string[] {
  const encoded = authorization.replace(/^Basic /, "");
  const [, user = "", password = ""] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  return [encoded, password || user];
}
