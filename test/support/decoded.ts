/** Decodes a response that says ok, as the client does. */
import type { Endpoint } from "../../src/upstream/endpoint.js";
import { readByBoth } from "./both-readers.js";
import { okXml } from "./fake-upstream.js";

export function decoded<R>(endpoint: Endpoint<never, R>, content: string): R {
  return readByBoth(endpoint, { httpStatus: 200, body: okXml(content) });
}
