/** Makes calls: finds the method, adds what is common to all calls, and gives the answer or the error the form of this client. */
import type { Client as Upstream } from "../upstream/client.js";
import { UpstreamError } from "../upstream/errors.js";
import type { Session } from "../upstream/session.js";
import type { Answer } from "./answer.js";
import type { Caller } from "./calls.js";
import { publicError, rejected } from "./error.js";
import type { AnyMethod } from "./methods.js";
import type { CallOptions, DefaultParams, Defaults } from "./options.js";
import { answerOf, CallMeter, type Kept } from "./response.js";
import { credentialOf, defaultStore, definedOf, mergedParams, storeOf } from "./setup.js";
import { typedCall } from "./typed-call.js";
import { untypedCall } from "./untyped-call.js";
import { xmlTree, type XmlTree } from "./xml-tree.js";

interface Surroundings {
  readonly upstream: Upstream;
  readonly canSign: boolean;
  readonly defaults: Defaults;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

interface Planned {
  readonly endpoint: AnyMethod;
  readonly params: Readonly<Record<string, unknown>>;
}

export function createCaller({ upstream, canSign, defaults, now }: Surroundings): Caller {
  /** @param plan Gives the call for the parameters that are common to all. */
  async function send<R>(name: string, options: CallOptions, plan: (common: DefaultParams) => Planned): Promise<Answer<R>> {
    const meter = new CallMeter(options.signal);
    try {
      const { session, common } = surroundingsOf(name, options, defaults);
      const { endpoint, params } = plan(common);
      if (endpoint.auth !== "key" && !canSign) throw unsigned(endpoint.path);
      const client = options.bypassCache === true ? upstream.bypassCache() : upstream;
      const kept = (await client.forOperation(meter).call(endpoint, params, session)) as Kept<R>;
      return answerOf(kept, meter.ageMs, now());
    } catch (error) {
      throw publicError(error);
    }
  }

  return {
    call: (name, ...[params = {}, options = {}]) => send(name, options, (common) => typedCall(name, params, common)),
    async request(path, params = {}, options = {}) {
      const { country, shopId, ...others } = params;
      // The store may be among the parameters, as in 7digital's own client.
      const withStore = { ...({ country, shopId } as CallOptions), ...definedOf(options) };
      const answer = await send<string>(path, withStore, (common) => untypedCall(path, others, common, options));
      return { ...answer, value: treeOf(path, answer), text: answer.value };
    },
  };
}

/** The store and the user of a call, and the parameters that it shares with others. */
function surroundingsOf(name: string, options: CallOptions, defaults: Defaults): { session: Session; common: DefaultParams } {
  const own = definedOf({ country: options.country, shopId: options.shopId, imageSize: options.imageSize });
  const { country, shopId, ...common } = mergedParams(defaults.defaultParams, own);
  try {
    const user = credentialOf(options.user === undefined ? defaults.user : options.user);
    return { session: { store: storeOf({ country, shopId }) ?? defaultStore, user }, common };
  } catch (error) {
    throw rejected(name, (error as TypeError).message);
  }
}

function unsigned(method: string): UpstreamError {
  return new UpstreamError("UPSTREAM_AUTH", `${method} was not called: it has to be signed. Set consumerSecret.`, {
    method,
    notSent: true,
  });
}

function treeOf(path: string, { value: text, status }: Answer<string>): XmlTree {
  try {
    return xmlTree(text);
  } catch {
    const details = { method: path, httpStatus: status };
    throw publicError(new UpstreamError("UPSTREAM_BAD_RESPONSE", `7digital answered ${path} with XML that has no plain tree.`, details));
  }
}
