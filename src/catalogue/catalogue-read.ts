import { endpoint, type Declaration, type ParamSpecs } from "../upstream/endpoint.js";

/** Declares a method of the catalogue: a read by the consumer key alone, so that one answer can be kept and serves everyone. */
export function catalogueRead<S extends ParamSpecs, R>(declared: Pick<Declaration<S, R>, "path" | "params" | "result">) {
  return endpoint({ ...declared, auth: "key", effect: "read", byUsage: true });
}
