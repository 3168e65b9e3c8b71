/** Names of keys and channels. Copies of one service share them; services of other keys, and later forms of what is stored, have others. */
import { createHmac, hkdfSync } from "node:crypto";

export interface NameOptions {
  /** Of the copies: the same for all of them. */
  readonly secret: Uint8Array;
  /** What the service calls, and by which consumer key. */
  readonly service: readonly string[];
}

/** Of the form in which values are stored. A copy of another form shares nothing with this one. */
const form = "1";

export type KeyNames = ReturnType<typeof createNames>;

export function createNames({ secret, service }: NameOptions) {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "redis-names", 32));
  /** Neither callers nor parameters of calls can be read from it. */
  const digest = (parts: readonly string[]): string =>
    createHmac("sha256", key).update(JSON.stringify(parts)).digest("base64url").slice(0, 24);
  const prefix = `7d:${form}:${digest(service)}`;
  return {
    prefix,
    /** Keys of one thing are on one node of a cluster. */
    of: (kind: string, ...parts: readonly string[]): string => `${prefix}:${kind}:{${digest(parts)}}`,
  };
}
