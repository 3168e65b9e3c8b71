/** Signs requests by OAuth 1.0 (RFC 5849, HMAC-SHA1) with the library oauth-1.0a, and closes its holes: it loses repeated parameters, takes nonces
 *  from Math.random, reads the clock itself, lets a caller's oauth_* parameter replace the real one, and does not normalise host and port. */
import { createHmac } from "node:crypto";
import OAuth from "oauth-1.0a";
import type { UpstreamConfig } from "../../config/config.js";
import type { Token } from "../session.js";
import { encodePairs, isSendable, percentEncode, type Pair } from "./percent-encoding.js";

interface SignableRequest {
  readonly verb: string;
  /** Absolute, without a query: parameters are in `pairs`. */
  readonly url: string;
  /** Parameters of the query and of a form body, not yet encoded. */
  readonly pairs: readonly Pair[];
}

interface SignerOptions extends Pick<UpstreamConfig, "consumerKey" | "consumerSecret"> {
  /** The time at 7digital, in epoch milliseconds. */
  readonly now: () => number;
  /** Unique, unpredictable, ASCII. */
  readonly nonce: () => string;
}

export type Signer = ReturnType<typeof createSigner>;

export function createSigner({ consumerKey, consumerSecret, now, nonce }: SignerOptions) {
  const oauth = new Rfc5849OAuth({ key: consumerKey, secret: consumerSecret }, now, nonce);
  const authorize = ({ verb, url, pairs }: SignableRequest, token?: Token): OAuth.Authorization => {
    rejectWrongParameters(pairs);
    return oauth.authorize({ method: verb, url, data: pairs }, token);
  };
  return {
    /** The value of the Authorization header. @throws TypeError for parameters that cannot be signed. */
    authorizationHeader(request: SignableRequest, token?: Token): string {
      return oauth.toHeader(authorize(request, token)).Authorization;
    },
    /** The URL with everything in its query, the signature last. @throws TypeError as above. */
    signedUrl(request: SignableRequest, token?: Token): string {
      const { oauth_signature: signature, ...protocol } = authorize(request, token);
      const pairs = [...request.pairs, ...protocolPairs(protocol), ["oauth_signature", signature] as const];
      return `${request.url}?${encodePairs(pairs)}`;
    },
  };
}

/** The library, with parameters as a list of pairs (`data`), for a name may occur twice. */
export class Rfc5849OAuth extends OAuth {
  constructor(
    consumer: OAuth.Consumer,
    private readonly now: () => number,
    private readonly drawNonce: () => string,
  ) {
    super({
      consumer,
      signature_method: "HMAC-SHA1",
      hash_function: (base, key) => createHmac("sha1", key).update(base).digest("base64"),
    });
  }

  override getNonce(): string {
    return this.drawNonce();
  }

  override getTimeStamp(): number {
    return Math.floor(this.now() / 1000);
  }

  /** §3.4.1.2: scheme and host in lower case, without the default port. */
  override getBaseUrl(url: string): string {
    const { origin, pathname, search } = new URL(url);
    if (search !== "") throw new TypeError("A URL with a query cannot be signed: put its parameters into `pairs`.");
    return `${origin}${pathname}`;
  }

  /** §3.4.1.3.2: every pair encoded, sorted by name and then by value, with repeated and empty ones. */
  override getParameterString(request: OAuth.RequestOptions, protocol: OAuth.Data): string {
    const all = [...(request.data as readonly Pair[]), ...protocolPairs(protocol)];
    const encoded = all.map(([name, value]) => [percentEncode(name), percentEncode(value)] as const);
    encoded.sort(([name, value], [otherName, otherValue]) => order(name, otherName) || order(value, otherValue));
    return encoded.map((pair) => pair.join("=")).join("&");
  }
}

function protocolPairs(protocol: object): Pair[] {
  return Object.entries(protocol).map(([name, value]) => [name, String(value)]);
}

/** By bytes, which for percent-encoded text is by UTF-16 units. */
function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function rejectWrongParameters(pairs: readonly Pair[]): void {
  for (const [name, value] of pairs) {
    if (/^oauth_/i.test(name)) throw new TypeError("A parameter named oauth_* cannot be signed: the signer sets those.");
    if (!isSendable(name) || !isSendable(value))
      throw new TypeError("A parameter holds NUL or half a surrogate pair, which cannot be sent.");
  }
}
