/** An upstream of all the methods that a fault test asks, which is healthy until it gets another behaviour; and a façade in front of it. */
import type { ServerResponse } from "node:http";
import { request } from "undici";
import { startFacade, type Facade, type GraphError } from "../support/facade.js";
import {
  artistXml,
  fakeUpstream,
  lockerXml,
  okXml,
  respond,
  xmlType,
  type Options,
  type Asked,
  type FakeUpstream,
} from "../support/fake-upstream.js";

const remembered = { ...xmlType, "cache-control": "private, max-age=60" };

/** As 7digital answers when all is well. */
export function healthy(response: ServerResponse, { path, query }: Asked): void {
  const basket = `<basket id="${query.get("basketId") ?? ""}"><itemCount>0</itemCount><basketItems/></basket>`;
  const artist = artistXml("Keane", query.get("artistId") ?? "");
  const body = path.endsWith("/user/locker") ? lockerXml() : path.endsWith("/basket") ? okXml(basket) : artist;
  respond(body, 200, remembered)(response);
}

export function faultyUpstream(options?: Options): Promise<FakeUpstream> {
  return fakeUpstream(healthy, options);
}

const operatorSecret = "operator-secret-of-the-tests";

/** Headers of a user. */
export const user = {
  "x-7d-oauth-token": "demo-token",
  "x-7d-oauth-token-secret": "demo-token-secret",
  "x-7d-operator-secret": operatorSecret,
};

export interface ClockedFacade extends Facade {
  /** Lets the server's clock go on. */
  pass(seconds: number): void;
}

/** A façade whose every call goes to the upstream. */
export async function startFacadeOn(upstreamUrl: string, environment: Readonly<Record<string, string>> = {}): Promise<ClockedFacade> {
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
