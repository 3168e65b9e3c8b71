/** Takes an HTTP request apart: path, parameters, and what it carries of OAuth. Judges nothing. */

import type { IncomingMessage } from "node:http";

export type Pair = readonly [name: string, value: string];

export interface ApiRequest {
  readonly verb: string;
  /** As it was sent, without the query. */
  readonly path: string;
  readonly secure: boolean;
  /** The Host header, as it was sent. */
  readonly host: string;
  /** The port the request came in by. */
  readonly port: number;
  readonly query: readonly Pair[];
  /** Of a form body. */
  readonly form: readonly Pair[];
  /** Of the Authorization header, without the realm. */
  readonly authorization: readonly Pair[];
  readonly body: string;
  /** The Origin, Cookie and Range headers, as they were sent; empty where there is none. */
  readonly origin: string;
  readonly cookie: string;
  readonly range: string;
}

const longestBody = 1_000_000;

/** Resolves to null where the body is longer than the sandbox reads. */
export async function readRequest(incoming: IncomingMessage, secure: boolean): Promise<ApiRequest | null> {
  const target = incoming.url ?? "/";
  const queryAt = target.indexOf("?");
  const body = await bodyOf(incoming);
  if (body === null) return null;
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(incoming.headers["content-type"] ?? "");
  return {
    verb: incoming.method ?? "GET",
    path: queryAt < 0 ? target : target.slice(0, queryAt),
    secure,
    host: incoming.headers.host ?? "",
    port: incoming.socket.localPort ?? 0,
    query: queryAt < 0 ? [] : pairsOf(target.slice(queryAt + 1)),
    form: isForm ? pairsOf(body) : [],
    authorization: authorizationOf(incoming.headers.authorization ?? ""),
    body,
    origin: incoming.headers.origin ?? "",
    cookie: incoming.headers.cookie ?? "",
    range: incoming.headers.range ?? "",
  };
}

/** What the caller reached the sandbox by. Its Host header may lack the port. */
export function originOf({ secure, host, port }: ApiRequest): string {
  const name = host.replace(/:\d+$/, "") || "localhost";
  return `${secure ? "https" : "http"}://${name}:${port}`;
}

async function bodyOf(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestBody) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** @see RFC 5849, 3.4.1.3.1: names and values decoded, a plus sign is a space. */
function pairsOf(encoded: string): Pair[] {
  return encoded
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const at = part.indexOf("=");
      const [name, value] = at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
      return [decoded(name.replaceAll("+", " ")), decoded(value.replaceAll("+", " "))];
    });
}

/** `OAuth name="value", …`. 7digital's C# client leaves out scheme and quotation marks on calls it does not sign. */
function authorizationOf(header: string): Pair[] {
  return header
    .replace(/^OAuth\s+/i, "")
    .split(",")
    .map((part) => /^\s*([^=\s]+)="?([^"]*)"?\s*$/.exec(part))
    .flatMap((found): Pair[] => (found === null ? [] : [[decoded(found[1] ?? ""), decoded(found[2] ?? "")]]))
    .filter(([name]) => name.toLowerCase().startsWith("oauth_"));
}

/** Text that is no percent-encoding stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
