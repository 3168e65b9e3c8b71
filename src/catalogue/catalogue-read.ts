import type { Batch, BatchAnswer } from "../upstream/batch.js";
import { endpoint, type Declaration, type Endpoint, type ParamSpecs, type ParamsOf } from "../upstream/endpoint.js";

/** Declares a method of the catalogue: a read by the consumer key alone, so that one answer can be kept and serves everyone. */
export function catalogueRead<S extends ParamSpecs, R, N extends string>(
  declared: Pick<Declaration<S, R, N>, "path" | "params" | "result">,
): Endpoint<ParamsOf<S>, R, N, "GET"> {
  return endpoint({ ...declared, auth: "key", effect: "read", byUsage: true });
}

interface DeclaredBatch<P, S extends ParamSpecs, R, N extends string> extends Pick<
  Declaration<S, BatchAnswer<R>, N>,
  "path" | "params" | "result"
> {
  readonly paramsOfOne: (id: string) => P;
  readonly paramsOfSeveral: (ids: readonly string[]) => ParamsOf<S>;
}

/** Declares a method of the catalogue that answers several items of another. */
export function batchOf<P, S extends ParamSpecs, R, N extends string>(
  single: Endpoint<P, R>,
  declared: DeclaredBatch<P, S, R, N>,
): Batch<P, ParamsOf<S>, R, N> {
  const { path, params, result, paramsOfOne, paramsOfSeveral } = declared;
  return Object.freeze({ ...catalogueRead({ path, params, result }), single, paramsOfOne, paramsOfSeveral });
}
