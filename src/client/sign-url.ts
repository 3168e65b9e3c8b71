/** Signs URLs that we do not call: of 7digital's media hosts and account pages. */
import type { Client as Upstream } from "../upstream/client.js";
import type { Pair } from "../upstream/request/percent-encoding.js";
import { SevendigitalError } from "./error.js";
import type { DefaultParams, UntypedParams, User } from "./options.js";
import { credentialOf, storeOf } from "./setup.js";

interface Signing {
  readonly upstream: Upstream;
  readonly canSign: boolean;
  readonly defaultParams: DefaultParams | undefined;
}

interface Signed {
  readonly url: string | URL;
  readonly params: UntypedParams;
  readonly user: User | null | undefined;
}

/** @throws SevendigitalError UPSTREAM_REJECTED_INPUT for what cannot be signed */
export function signUrl({ upstream, canSign, defaultParams }: Signing, { url, params, user }: Signed): string {
  try {
    if (!canSign) throw new TypeError("Set consumerSecret.");
    const { origin, pathname, searchParams } = absolute(url);
    const given: Pair[] = [...searchParams, ...pairsOf(params)];
    const names = new Set(given.map(([name]) => name.toLowerCase()));
    const namesStore = names.has("country") || names.has("shopid");
    const store: Pair[] = namesStore ? [] : Object.entries(storeOf(defaultParams ?? {}) ?? {});
    return upstream.signedUrl(`${origin}${pathname}`, [...given, ...store], credentialOf(user));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const message = `The URL was not signed. ${error.message}`;
    throw new SevendigitalError("UPSTREAM_REJECTED_INPUT", message, { method: "signUrl", notSent: true });
  }
}

function absolute(url: string | URL): URL {
  const parsed = URL.parse(String(url));
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) throw new TypeError("It must be absolute, with http or https.");
  return parsed;
}

function pairsOf(params: UntypedParams): readonly Pair[] {
  const entries = Object.entries(params).filter(([, value]) => value !== undefined);
  return entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : String(value)]);
}
