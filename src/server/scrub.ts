/** The last look at a line before it is written: whatever is known to be a secret, or looks like one, is not in it. It is for what got past
 *  everybody else; nobody may count on it. */
import type { Config, UpstreamConfig } from "../config.js";

const placeholder = "[secret]";

/** Shorter ones would tear up lines that hold no secret. */
const shortest = 4;

/** What looks like a secret, in the text of a JSON line. */
const suspicious: readonly (readonly [RegExp, string])[] = [
  [/\b(https?:\/\/)[^\s"\\/?#@]*@/gi, `$1${placeholder}@`],
  [/\b(https?:\/\/[^\s"\\?#]*)[?#][^\s"\\]*/gi, `$1?${placeholder}`],
  [/"oauth_\w+":"(?:[^"\\]|\\.)*"/gi, `"oauth":"${placeholder}"`],
  [/\boauth_\w+(?:\s*(?:=|%3D|:)\s*(?:\\"[^"\\]*\\"|%22.*?%22|[^\s"\\&,;]*))?/gi, placeholder],
  [/\bbearer\s+[\w.~+/-]+=*/gi, placeholder],
  // Compact JWE and JWT.
  [/\beyJ[\w-]*(?:\.[\w-]*)+/g, placeholder],
  [/[\w.+%-]+@(?:[\w-]+\.)+[a-z]{2,}/gi, "[e-mail]"],
];

/** What terminals obey or hide although JSON lets it stand. */
const unprintable = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** @param secrets Empty ones, and those too short to be found safely, are passed over. */
export function scrubber(secrets: readonly string[]): (line: string) => string {
  const known = [...new Set(secrets.filter((secret) => secret.length >= shortest).flatMap(spellings))];
  // The longest first: one may hold another.
  known.sort((one, other) => other.length - one.length);
  return (line) => {
    let clean = line;
    for (const secret of known) clean = clean.replaceAll(secret, placeholder);
    for (const [pattern, instead] of suspicious) clean = clean.replace(pattern, instead);
    return clean.replace(unprintable, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  };
}

/** As it is, in JSON, in a URL, and in base64. */
function spellings(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const plain = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  return [...plain, bytes.toString("base64"), bytes.toString("base64url")];
}

interface Secretive extends Pick<Config, "operatorSecret" | "gatewaySecret" | "metricsSecret" | "sealingKeys"> {
  readonly upstream: Pick<UpstreamConfig, "consumerSecret">;
}

/** All that a configuration keeps secret. */
export function secretsOf(config: Secretive) {
  const { upstream, operatorSecret, gatewaySecret, metricsSecret, sealingKeys } = config;
  const keys = sealingKeys.flatMap(({ secret }) => [Buffer.from(secret).toString("base64"), Buffer.from(secret).toString("hex")]);
  return [upstream.consumerSecret, operatorSecret, gatewaySecret, metricsSecret, ...keys].filter((secret) => secret !== undefined);
}
