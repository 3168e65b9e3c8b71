/** Declares the methods of 7digital's media hosts. We never call them: players and browsers do, by a URL that we sign.
 *  @see API document, "Media" */
import type { Param, ParamsOf } from "../upstream/endpoint.js";
import type { Pair } from "../upstream/request/percent-encoding.js";
import type { Store } from "../upstream/session.js";

export interface MediaLink<P> {
  /** The method's path as the API document names it, e.g. "user/downloadtrack". */
  readonly path: string;
  /** One of 7digital's media hosts, by the name of its setting. */
  readonly host: "mediaUrl" | "streamUrl" | "streamServiceUrl" | "previewUrl";
  /** Whether following the link uses up one of a track's remaining downloads. */
  readonly consumesDownload: boolean;
  /** The parameters to sign, in declared order, the store last. Those without a value are left out. */
  pairs(params: P, store: Store): readonly Pair[];
}

type ParamSpecs = Readonly<Record<string, Param<never>>>;

interface Declaration<S extends ParamSpecs> extends Omit<MediaLink<never>, "pairs"> {
  readonly params: S;
}

/** Declares one method of the media hosts. */
export function mediaLink<S extends ParamSpecs>({ params, ...method }: Declaration<S>): MediaLink<ParamsOf<S>> {
  const specs = Object.entries<Param<never>>(params) as [string, Param<unknown>][];
  return Object.freeze({
    ...method,
    pairs: (values: ParamsOf<S>, store: Store) => [...pairsOf(specs, values), ...Object.entries(store)],
  });
}

function pairsOf(specs: readonly (readonly [string, Param<unknown>])[], values: object): Pair[] {
  return specs.flatMap(([name, { encode }]) => {
    const value = (values as Readonly<Record<string, unknown>>)[name];
    return value === undefined ? [] : [[name, encode(value)] as const];
  });
}
