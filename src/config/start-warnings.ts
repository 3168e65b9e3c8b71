/** Warnings at the start: configurations that are valid, but let something fail later. */
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Config, UpstreamConfig } from "./config.js";

interface Warned extends Pick<Config, "sealingKeys" | "databaseUrl"> {
  readonly upstream: UpstreamConfig;
  readonly dataDirectory: string;
}

/** One sentence each. They never hold a value. */
export function startWarnings({ upstream, sealingKeys, dataDirectory, databaseUrl }: Warned): readonly string[] {
  const warnings: readonly (readonly [boolean, string])[] = [
    [upstream.consumerSecret === "", "SEVENDIGITAL_CONSUMER_SECRET is not set: signed calls will fail (users, baskets, purchases, media)."],
    [sealingKeys.length === 0, "SEALING_KEYS is not set: after a restart, users must sign in again and quotes are invalid."],
    ...unencrypted(upstream),
    [databaseUrl === undefined && !canHoldFiles(dataDirectory), "DATA_DIRECTORY cannot be written to: purchases will fail."],
  ];
  return warnings.flatMap(([applies, warning]) => (applies ? [warning] : []));
}

function unencrypted({ baseUrl, secureBaseUrl }: UpstreamConfig): readonly (readonly [boolean, string])[] {
  const risk = "plain http: others on the network can read and change the consumer key and prices";
  return [
    [isPlainHttp(baseUrl), `SEVENDIGITAL_BASE_URL is ${risk}.`],
    [isPlainHttp(secureBaseUrl), `SEVENDIGITAL_SECURE_BASE_URL is ${risk}, and users' data.`],
  ];
}

/** Plain http is fine within this machine. */
function isPlainHttp(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && !/^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Whether a folder is or could be created there. It creates none: a catalogue without purchases needs no folder. */
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
