/** Requests that are read at once, and the same ones read by Yoga: status, headers and body are the same, byte by byte. ORACLE_LANES is how many
 *  operations are generated (10000 for the whole proof), ORACLE_SEED the first of their seeds. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSchema, isObjectType } from "graphql";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createPipeline } from "../../src/app/pipeline.js";
import { gatewayLimits } from "../../src/config/config.js";
import { createCors } from "../../src/http/cors.js";
import { createGetPolicy } from "../../src/http/get-policy.js";
import { createGraphqlRoute } from "../../src/http/graphql-route.js";
import { createYogaAdapter } from "../../src/operation/yoga/yoga-adapter.js";
import { askerOf, foundationIn, type Came, type InProcess, type Sent } from "../support/in-process.js";
import { Chance } from "./chance.js";
import { answerAtRandom, type Circumstances } from "./random-answers.js";
import { randomOperation } from "./random-operations.js";

const operations = Number(process.env["ORACLE_LANES"] ?? 300);
const firstSeed = Number(process.env["ORACLE_SEED"] ?? 1);
const path = "/graphql";

/** Of the request under way: one is sent after the other. */
let circumstances: Circumstances = { seed: 0, promises: 0, faults: 0 };
const schema = buildSchema(readFileSync(join(import.meta.dirname, "../../schema/schema.graphql"), "utf8"));
answerAtRandom(schema);
answerUnderCircumstances();

/** The context of an operation is its scope here. */
function answerUnderCircumstances(): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if ("resolveType" in type && type.resolveType) {
      const resolve = type.resolveType;
      type.resolveType = (value, _scope, info, abstract) => resolve(value, circumstances, info, abstract);
    }
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field;
      if (resolve === undefined) continue;
      // A resolver that declares a fourth parameter gets it.
      field.resolve =
        resolve.length > 3
          ? (source, args, _scope, info) => resolve(source, args, circumstances, info)
          : (source, args) => resolve(source, args, circumstances, undefined as never);
    }
  }
}

async function openLane(fastLane: boolean): Promise<InProcess["ask"]> {
  const environment = { SEVENDIGITAL_BASE_URL: "http://127.0.0.1:9/1.2", ALLOWED_ORIGINS: "https://shop.example", PUBLIC_CACHING: "true" };
  const dataDirectory = mkdtempSync(join(tmpdir(), "lanes-"));
  const foundation = await foundationIn({ environment, dataDirectory, unforeseen: () => undefined });
  onTestFinished(() => foundation.services.close());
  const { config, persisted } = foundation;
  const { gate, operationsOn } = createPipeline(foundation);
  const ran = operationsOn(schema, { persisted });
  const ofGateway = gatewayLimits(config.limits);
  const route = createGraphqlRoute({
    path,
    operations: ran,
    runRequest: createYogaAdapter(schema, ran, path),
    fastLane,
    cors: createCors(config.allowedOrigins),
    gate,
    getPolicy: createGetPolicy(config.profile),
    readAddress: () => "192.0.2.1",
    limits: { ofGateway, ofOthers: config.limits },
    cachesAll: false,
    streams: true,
    onRejected: () => undefined,
  });
  return askerOf(foundation, new Map([[path, route]]));
}

const accepted = [
  "application/json",
  "application/graphql-response+json",
  "application/graphql-response+json, application/json;q=0.9",
  "multipart/mixed, application/json",
  "text/event-stream",
  "text/html",
];

/** One operation in some form. */
function sentFor(source: string, variables: object, chance: Chance): Sent {
  const accept = chance.in(0.5) ? undefined : chance.pick(accepted);
  const headers = {
    ...(accept !== undefined && { accept }),
    ...(chance.in(0.2) && { origin: chance.pick(["https://shop.example", "https://evil.example"]) }),
    ...(chance.in(0.2) && { "x-7d-country": chance.pick(["DE", "gb", "nowhere"]) }),
  };
  const sha256Hash = createHash("sha256").update(source).digest("hex");
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  const all = { query: source, variables, ...(chance.in(0.2) && { operationName: chance.pick([null, "Random", "Other"]) }) };
  const form = chance.between(0, 9);
  if (form < 6) {
    const body = JSON.stringify(form === 0 ? { ...all, extensions } : form === 1 ? { variables, extensions } : all);
    return { method: "POST", headers: { ...headers, "content-type": "application/json" }, body };
  }
  const search = new URLSearchParams(form === 6 ? { query: source } : form === 7 ? { documentId: sha256Hash } : {});
  if (form > 7) search.set("extensions", JSON.stringify(extensions));
  search.set("variables", JSON.stringify(variables));
  if (form === 9) search.set("query", source);
  return { path: `${path}?${search.toString()}`, headers };
}

const pieces = [
  "{",
  "}",
  '"',
  "[",
  ",",
  "\\",
  "0",
  "&",
  "=",
  "?",
  "%",
  "+",
  "#",
  "é",
  "",
  "",
  "null",
  "%00",
  "[]",
  "__proto__",
  "&query=",
  "&variables=[]",
];

/** Leaves out, adds or replaces some characters. */
function damaged(text: string, chance: Chance): string {
  let result = text;
  for (let times = chance.between(1, 3); times > 0; times -= 1) {
    const at = chance.between(0, Math.max(0, result.length - 1));
    const length = chance.between(0, 8);
    const put = chance.pick(pieces);
    result = result.slice(0, at) + put + result.slice(at + length);
  }
  return result;
}

/** The same, broken somewhere. */
function broken(sent: Sent, chance: Chance): Sent {
  if (typeof sent.body === "string") return { ...sent, body: damaged(sent.body, chance) };
  const [start = "", ...search] = (sent.path ?? "").split("?");
  return { ...sent, path: `${start}?${damaged(search.join("?"), chance).replaceAll(/\s/g, "")}` };
}

function shown({ status, headers, body }: Came): string {
  return JSON.stringify([status, Object.entries(headers).sort(), body]);
}

describe(`${String(operations)} generated operations`, { timeout: 60_000 + operations * 30 }, () => {
  const ofVitest = process.listeners("unhandledRejection");
  beforeAll(() => {
    // Those of graphql-js, which leaves some of lists unhandled.
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", () => undefined);
  });
  afterAll(async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    process.removeAllListeners("unhandledRejection");
    for (const listener of ofVitest) process.on("unhandledRejection", listener);
  });

  it.each([
    ["at once", 0, 0],
    ["with faults", 0, 0.05],
    ["with promises and faults", 0.3, 0.05],
  ])("are answered alike on both lanes: %s", async (_what, promises, faults) => {
    const [fast, yoga] = await Promise.all([openLane(true), openLane(false)]);
    const different: unknown[] = [];
    const statuses = new Map<number, number>();
    for (let seed = firstSeed; seed < firstSeed + operations / 3; seed += 1) {
      const { source, variables } = randomOperation(schema, seed);
      const chance = new Chance(seed);
      circumstances = { seed, promises, faults };
      const whole = sentFor(source, variables, chance);
      // Twice: then it is compiled, and may be kept.
      for (const sent of [whole, broken(whole, chance), ...(seed % 3 === 0 ? [whole, whole] : [])]) {
        const [one, other] = [await fast(sent), await yoga(sent)];
        statuses.set(one.status, (statuses.get(one.status) ?? 0) + 1);
        if (shown(one) !== shown(other)) different.push({ seed, sent, one, other });
      }
      if (different.length > 3) break;
    }
    expect(different).toEqual([]);
    for (const status of [200, 400, 406]) expect(statuses.get(status) ?? 0, String(status)).toBeGreaterThan(0);
  });
});
