/** The headers of a request as the operation reads them. */
import type { IncomingMessage } from "node:http";
import type { Header } from "../operation/request.js";
import { isJson } from "./media-types.js";

export function headerReader(request: IncomingMessage): Header {
  const { headers } = request;
  return (name) => {
    const value = headers[name] as string | undefined;
    if (value === undefined) return null;
    return name === "authorization" ? joinedAuthorization(request) : value;
  };
}

/** All of them, as Yoga expects them: it compares the Content-Type literally. */
export function headersForYoga(request: IncomingMessage): Record<string, string> {
  const headers = request.headers as Record<string, string>;
  const { authorization, "content-type": type } = headers;
  return {
    ...headers,
    ...(authorization !== undefined && { authorization: joinedAuthorization(request) }),
    ...(isJson(type) && { "content-type": "application/json" }),
    accept: "*/*",
  };
}

/** Node keeps only the first of several Authorization headers, while a proxy may have checked another one: joined, they are not valid. */
function joinedAuthorization({ headers, headersDistinct }: IncomingMessage): string {
  return headersDistinct["authorization"]?.join(", ") ?? headers.authorization ?? "";
}
