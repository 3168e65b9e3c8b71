/** What an operator should know of a configuration that is no mistake, and yet lets something fail later. */
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Config, UpstreamConfig } from "./config.js";

interface Warned extends Pick<Config, "sealingKeys" | "databaseUrl"> {
  readonly upstream: UpstreamConfig;
  readonly dataDirectory: string;
}

/** A sentence each. Never holds a value. */
export function startWarnings({ upstream, sealingKeys, dataDirectory, databaseUrl }: Warned): readonly string[] {
  const warnings: readonly (readonly [boolean, string])[] = [
    [
      upstream.consumerSecret === "",
      "SEVENDIGITAL_CONSUMER_SECRET is not set: calls that 7digital wants signed will fail - users, baskets, purchases, media.",
    ],
    [
      sealingKeys.length === 0,
      "SEALING_KEYS is not set: when this process ends, users have to sign in again and quotes are no longer good.",
    ],
    ...unencrypted(upstream),
    [databaseUrl === undefined && !canHoldFiles(dataDirectory), "DATA_DIRECTORY can not be written to: purchases will be refused."],
  ];
  return warnings.flatMap(([applies, warning]) => (applies ? [warning] : []));
}

function unencrypted({ baseUrl, secureBaseUrl }: UpstreamConfig): readonly (readonly [boolean, string])[] {
  const told = "plain http: the consumer key and prices can be read and changed on the way";
  return [
    [isPlainHttp(baseUrl), `SEVENDIGITAL_BASE_URL is ${told}.`],
    [isPlainHttp(secureBaseUrl), `SEVENDIGITAL_SECURE_BASE_URL is ${told}, and so can users' data.`],
  ];
}

/** On this machine nobody else listens. */
function isPlainHttp(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && !/^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Makes nothing: a catalogue without purchases needs no folder. */
export function canHoldFiles(directory: string): boolean {
  let nearest = resolve(directory);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK | constants.X_OK);
    return statSync(nearest).isDirectory();
  } catch {
    return false;
  }
}
