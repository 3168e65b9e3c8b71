/** Decodes a response that says ok, as the client does. */
import type { Endpoint } from "../../src/upstream/endpoint.js";
import { readAnswer } from "../../src/upstream/xml/envelope.js";
import { okXml } from "./fake-upstream.js";

export function decoded<R>(endpoint: Endpoint<never, R>, content: string): R {
  return readAnswer(endpoint, { httpStatus: 200, body: okXml(content) });
}
