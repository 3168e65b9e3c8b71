/** Asks a sandbox as the consumer or as one of its users: signs by hand, with nothing of the sandbox's own. A POST or a PUT carries everything
 *  in its body, a GET everything in its query. */

import { createHmac, randomUUID } from "node:crypto";
import { askExactly, pathsOf, type ApiAnswer } from "./ask.js";

export interface Signer {
  readonly verb?: "GET" | "POST" | "PUT";
  readonly token?: string;
  /** "{token}-secret" where it is left out, as the sandbox's users have it. */
  readonly secret?: string;
  /** What a POST leaves in its address. */
  readonly inAddress?: Readonly<Record<string, string>>;
  /** What a POST has in its address without signing it. */
  readonly unsignedInAddress?: Readonly<Record<string, string>>;
  /** The sandbox's clock, where it is not this machine's. */
  readonly nowMs?: number;
}

export interface Answer extends ApiAnswer {
  readonly paths: ReadonlyMap<string, string>;
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/** `call` is a path below the version prefix with its parameters, as a GET would carry them. */
export async function signedCall(baseUrl: string, call: string, signer: Signer = {}): Promise<Answer> {
  const { verb = "GET", inAddress = {}, unsignedInAddress = {} } = signer;
  const address = new URL(`${baseUrl}/${call}`);
  const url = `${address.origin}${address.pathname}`;
  const body = signedParameters({ verb, url, parameters: [...address.searchParams], signer });
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const answered =
    verb === "GET"
      ? await askExactly(`${url}?${body}`)
      : await askExactly(`${url}?${new URLSearchParams({ ...inAddress, ...unsignedInAddress })}`, { method: verb, body, headers });
  return { ...answered, paths: /<response[^]*>\s*$/.test(answered.text) ? pathsOf(answered.text) : new Map() };
}

interface Unsigned {
  readonly verb: string;
  readonly url: string;
  readonly parameters: readonly (readonly [string, string])[];
  readonly signer: Signer;
}

/** Without those that a POST leaves in its address, which are signed all the same. */
function signedParameters({ verb, url, parameters, signer }: Unsigned): string {
  const { token, secret = token === undefined ? "" : `${token}-secret`, inAddress = {}, nowMs = Date.now() } = signer;
  const oauth = Object.entries({
    oauth_consumer_key: "sandbox",
    oauth_nonce: randomUUID(),
    oauth_signature_method: "HMAC-SHA1",
    oauth_timestamp: String(Math.floor(nowMs / 1000)),
    ...(token === undefined ? {} : { oauth_token: token }),
  });
  const encoded = (pairs: readonly (readonly [string, string])[]) => pairs.map((pair) => pair.map(encode));
  const pairs = encoded([...parameters, ...oauth]);
  // The lowest character there is: names are sorted before values are, and "=" would come after digits.
  const all = [...pairs, ...encoded(Object.entries(inAddress))].map((pair) => pair.join("\0")).sort();
  const base = [verb, encode(url), encode(all.join("&").replaceAll("\0", "="))].join("&");
  const signature = createHmac("sha1", `sandbox-secret&${encode(secret)}`)
    .update(base)
    .digest("base64");
  return [...pairs.map((pair) => pair.join("=")), `oauth_signature=${encode(signature)}`].join("&");
}

/** HTTP status and error code of a refusal; the plain text where it has no code. */
export function refusal({ status, text, paths }: Answer): readonly [number, string] {
  return [status, paths.get("response/error/@code") ?? text];
}

/** HTTP status, words and reason of a call that was not authorised. */
export function denial({ status, text, headers }: ApiAnswer): readonly unknown[] {
  return [status, text, headers["x-sandbox-reason"]];
}

/** How often an element stands in an answer. */
export function countOf({ text }: ApiAnswer, name: string): number {
  return text.split(`<${name} `).length + text.split(`<${name}>`).length - 2;
}
