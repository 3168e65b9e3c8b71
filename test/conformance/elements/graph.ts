/** The graph without HTTP, on a 7digital that answers one method with a given response and knows nothing else. So nothing is cached, counted or
 *  limited between two questions. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Registry } from "prom-client";
import { execute, parse, type DocumentNode, type GraphQLError } from "graphql";
import { schema } from "../../../src/app/schema.js";
import { createServices } from "../../../src/app/services.js";
import { readConfig } from "../../../src/config/config.js";
import { callerLimits } from "../../../src/shared/caller-limits.js";
import { Bindings, createScope } from "../../../src/shared/scope.js";
import { requestedStore } from "../../../src/shared/store.js";
import { createTelemetry } from "../../../src/telemetry/telemetry.js";
import { createLog } from "../../../src/telemetry/log.js";
import type { Client } from "../../../src/upstream/client.js";
import type { Endpoint } from "../../../src/upstream/endpoint.js";
import { UpstreamError } from "../../../src/upstream/errors.js";
import { readAnswer } from "../../../src/upstream/xml/envelope.js";
import { keepingTracer } from "../../support/spans.js";

/** Bodies of responses by the method, in lower case. */
export type Bodies = Readonly<Record<string, string>>;

export interface Shown {
  readonly data: unknown;
  readonly errors: readonly GraphQLError[];
}

export interface Graph {
  ask(document: DocumentNode, bodies: Bodies): Promise<Shown>;
  close(): Promise<void>;
}

const origin = "http://127.0.0.1:9/";

export function openGraph(): Graph {
  const now = () => Date.UTC(2026, 10, 29);
  const config = readConfig({
    SEVENDIGITAL_CONSUMER_KEY: "key",
    SEVENDIGITAL_CONSUMER_SECRET: "consumer-secret",
    SEVENDIGITAL_BASE_URL: `${origin}1.2`,
    SEVENDIGITAL_SECURE_BASE_URL: `${origin}1.2`,
    RETURN_ORIGINS: "https://shop.test",
    // A purchase whose outcome is unknown is looked up once more, and not waited for.
    PURCHASE_SETTLE_MS: "1",
  });
  if (config.upstream === undefined) throw new Error("The graph needs an API.");
  const log = createLog({ level: "error", secrets: [], write: () => undefined });
  const ambient = {
    now,
    nonce: () => "nonce",
    random: () => 0.5,
    log,
    registry: new Registry(),
    tracer: keepingTracer(),
    rootDirectory: "",
  };
  const serverConfig = { ...config, upstream: config.upstream, dataDirectory: mkdtempSync(join(tmpdir(), "elements-")) };
  const services = createServices(serverConfig, ambient, createTelemetry({ ...ambient, secrets: [] }), () => ["https://shop.test"]);
  const store = { country: "GB" };
  const limits = { takePurchase: () => true, takeVoucher: () => true, takePassword: () => true };
  const bindings = new Bindings(services.bindings).bind(callerLimits, limits).bind(requestedStore, store);
  const caller = { user: { token: { key: "token", secret: "token-secret" } }, operator: true, gateway: false };
  return {
    async ask(document, bodies) {
      const scope = createScope({ caller, store, client: clientWith(bodies, now), bindings });
      const { data, errors = [] } = await execute({ schema, document, contextValue: scope });
      return { data, errors };
    },
    close: () => services.close(),
  };
}

function clientWith(bodies: Bodies, now: () => number): Client {
  const client: Client = {
    call: (endpoint) => Promise.resolve().then(() => answer(endpoint, bodies)),
    callBatch() {
      throw new TypeError("Details are asked for one by one here.");
    },
    peek: () => undefined,
    holds: () => false,
    bypassCache: () => client,
    critical: () => client,
    reconciling: () => client,
    forOperation: () => client,
    signedUrl: (url, pairs) => `${url}?${new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString()}`,
    now,
    stats: () => ({
      breakers: { read: "closed", signedRead: "closed", write: "closed", money: "closed" },
      inFlight: 0,
      waiting: 0,
      cacheBytes: 0,
    }),
    quota: () => undefined,
    close: () => Promise.resolve(),
  };
  return client;
}

function answer<P, R>(endpoint: Endpoint<P, R>, bodies: Bodies): R {
  const body = bodies[endpoint.path.toLowerCase()];
  const { path: method } = endpoint;
  if (body === undefined)
    throw new UpstreamError("NOT_FOUND", "Nothing is known of it.", { method, httpStatus: 404, sevendigitalCode: "2001" });
  return readAnswer(endpoint, { httpStatus: 200, body });
}

export const document = (source: string): DocumentNode => parse(source);
