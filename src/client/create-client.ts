/** Creates a client and its views, which share cache, connections and quota. */
import type { Ambient, Client as Upstream } from "../upstream/client.js";
import { createClient as createUpstream } from "../upstream/create-client.js";
import { createCaller } from "./caller.js";
import type { ClientOptions, Defaults } from "./options.js";
import type { SevendigitalClient } from "./sevendigital-client.js";
import { checkedAddresses, mergedParams, upstreamOptions, type Addresses } from "./setup.js";
import { createSignIn } from "./sign-in.js";
import { signUrl } from "./sign-url.js";

/** @param ambient Time and chance, which tests set. @throws ConfigError naming every option that is wrong */
export function createClientIn(ambient: Ambient, options: ClientOptions): SevendigitalClient {
  const addresses = checkedAddresses(options);
  const upstream = createUpstream(upstreamOptions(options, addresses), ambient);
  return view({ upstream, addresses, options, ambient }, options);
}

interface Shared {
  readonly upstream: Upstream;
  readonly addresses: Addresses;
  readonly options: ClientOptions;
  readonly ambient: Ambient;
}

function view(shared: Shared, { defaultParams, user }: Defaults): SevendigitalClient {
  const { upstream, addresses, options, ambient } = shared;
  const canSign = options.consumerSecret !== undefined && options.consumerSecret !== "";
  const { call, request } = createCaller({ upstream, canSign, defaults: { defaultParams, user }, now: ambient.now });
  return {
    call,
    request,
    signUrl(url, params = {}, signer = user) {
      return signUrl({ upstream, canSign, defaultParams }, { url, params, user: signer });
    },
    oauth: createSignIn(call, { accountUrl: addresses.accountUrl, consumerKey: options.consumerKey }),
    with(defaults) {
      const params = mergedParams(defaultParams, defaults.defaultParams);
      return view(shared, { defaultParams: params, user: defaults.user === undefined ? user : defaults.user });
    },
    rateLimit() {
      const quota = upstream.quota();
      return quota && { limit: quota.limit, current: quota.used, resetAt: new Date(quota.resetAtMs) };
    },
    close: () => upstream.close(),
  };
}
