/** Signs addresses as clients of the media hosts do: everything in the query. By hand, with nothing of the sandbox's own. */

import { createHmac, randomUUID } from "node:crypto";

export interface Signer {
  readonly nowMs: number;
  /** The secret is "{token}-secret", as the sandbox's users have it. */
  readonly token?: string;
  readonly nonce?: string;
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/** `parameters` in the order and with the names they are to be sent. */
export function signedAddress(url: string, parameters: Readonly<Record<string, string | number>>, signer: Signer): string {
  const { nowMs, token, nonce = randomUUID() } = signer;
  const sent: Readonly<Record<string, string | number>> = {
    ...parameters,
    oauth_consumer_key: "sandbox",
    oauth_nonce: nonce,
    oauth_signature_method: "HMAC-SHA1",
    oauth_timestamp: String(Math.floor(nowMs / 1000)),
    ...(token === undefined ? {} : { oauth_token: token }),
  };
  const pairs = Object.entries(sent).map(([name, value]) => `${encode(name)}=${encode(String(value))}`);
  const base = ["GET", encode(url), encode([...pairs].sort().join("&"))].join("&");
  const key = `sandbox-secret&${token === undefined ? "" : `${token}-secret`}`;
  const signature = createHmac("sha1", key).update(base).digest("base64");
  return `${url}?${[...pairs, `oauth_signature=${encode(signature)}`].join("&")}`;
}
