/** An upstream of all of 7digital's methods that a fault test asks, which is well until it is given something else to do; and a façade in
 *  front of it. */
import type { ServerResponse } from "node:http";
import { request } from "undici";
import { startFacade, type Facade, type GraphError } from "../support/facade.js";
import { httpUpstream, type Asked, type Later, type Upstream } from "../support/faulty-upstream.js";

/** What it does instead of an answer. The request has been read. */
export type Deed = (response: ServerResponse, asked: Asked) => void;

export interface SickUpstream extends Upstream {
  /** Undefined while it is well. */
  deed: Deed | undefined;
}

export function ok(content: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><response status="ok" version="1.2">${content}</response>`;
}

export function artistContent(artistId: string, name = "Keane"): string {
  return `<artist id="${artistId}"><name>${name}</name></artist>`;
}

const emptyLocker = "<locker><lockerReleases><page>1</page><pageSize>10</pageSize><totalItems>0</totalItems></lockerReleases></locker>";
const emptyBasket = (id: string): string => `<basket id="${id}"><itemCount>0</itemCount><basketItems/></basket>`;

export const remembered = { "content-type": "text/xml", "cache-control": "private, max-age=60" };

/** As a healthy 7digital. */
export function answer(response: ServerResponse, { path, query }: Asked): void {
  const artistId = query.get("artistId") ?? "";
  const basket = emptyBasket(query.get("basketId") ?? "");
  const content = path.endsWith("/user/locker") ? emptyLocker : path.endsWith("/basket") ? basket : artistContent(artistId);
  response.writeHead(200, remembered).end(ok(content));
}

export async function sickUpstream(later?: Later): Promise<SickUpstream> {
  const upstream: SickUpstream = Object.assign(
    await httpUpstream((response, asked) => {
      (upstream.deed ?? answer)(response, asked);
    }, later),
    { deed: undefined },
  );
  return upstream;
}

/** Answers in HTTP, whole. */
export function say(body: string | Buffer, status = 200, headers: Readonly<Record<string, string>> = { "content-type": "text/xml" }): Deed {
  return (response) => response.writeHead(status, headers).end(body);
}

/** Sends bytes as they are, and then does what is told. */
export function raw(bytes: string, then: "end" | "reset"): Deed {
  return ({ socket }) =>
    socket?.write(bytes, () => {
      if (then === "end") socket.end();
      else socket.resetAndDestroy();
    });
}

/** One byte every 20 ms, for ever. */
export function drip(start: string): Deed {
  return ({ socket }) => {
    socket?.write(start);
    const timer = setInterval(() => socket?.write("x"), 20);
    socket?.on("close", () => {
      clearInterval(timer);
    });
  };
}

const operatorSecret = "operator-secret-of-the-tests";

/** Headers of a user. */
export const user = {
  "x-7d-oauth-token": "demo-token",
  "x-7d-oauth-token-secret": "demo-token-secret",
  "x-7d-operator-secret": operatorSecret,
};

export interface Patient extends Facade {
  /** Lets the server's clock go on. */
  pass(seconds: number): void;
}

/** A façade whose every call goes to the upstream. */
export async function startPatient(upstreamUrl: string, environment: Readonly<Record<string, string>> = {}): Promise<Patient> {
  let aheadMs = 0;
  const facade = await startFacade({
    ahead: () => aheadMs,
    environment: {
      SEVENDIGITAL_BASE_URL: `${upstreamUrl}/1.2`,
      SEVENDIGITAL_SECURE_BASE_URL: `${upstreamUrl}/1.2`,
      SEVENDIGITAL_TIMEOUT_MS: "400",
      OPERATOR_SECRET: operatorSecret,
      ...environment,
    },
  });
  return {
    ...facade,
    pass(seconds) {
      aheadMs += seconds * 1000;
    },
  };
}

export const catalogueRead = (artistId: string | number): string => `{ artist(id: "${String(artistId)}") { name } }`;
export const userRead = `{ viewer { locker { totalCount } } }`;

export interface WholeAnswer {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors: readonly GraphError[] | undefined;
  readonly extensions: Readonly<Record<string, unknown>> | undefined;
  readonly tookMs: number;
}

/** Sends an operation and gives the answer with everything beside the data. */
export async function asked(
  facade: Facade,
  query: string,
  headers: Readonly<Record<string, string>> = {},
  variables: Readonly<Record<string, string>> = {},
): Promise<WholeAnswer> {
  const startedMs = performance.now();
  const { statusCode: status, body } = await request(facade.url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors, extensions } = (await body.json()) as Omit<WholeAnswer, "status" | "tookMs">;
  return { status, data, errors, extensions, tookMs: performance.now() - startedMs };
}
