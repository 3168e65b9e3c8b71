/** Random requests for a few operations, in all forms and by all callers: most of them come again and again. */
import { createHash } from "node:crypto";
import type { Sent } from "../support/in-process.js";
import type { Chance } from "./chance.js";

export const secrets = { OPERATOR_SECRET: "operator-secret-of-32-characters", GATEWAY_SECRET: "gateway-secret-of-32-characters" };

type Headers = Readonly<Record<string, string>>;

/** Public data alone, most often. */
const lasting = [
  ...["1", "2", "3", "4"].map((id) => `{ artist(id: "${id}") { name } }`),
  ...["5", "6"].map((id) => `query Price { release(id: "${id}") { title price { current { amount } } artist { name } } }`),
  `query Two { one: artist(id: "1") { name } other: artist(id: "2") { name } }`,
  ...[1, 2, 3].map(() => `query Given($id: ID!) { artist(id: $id) { name } }`),
  `{ artist(id: "3") { name releases(first: 5) { nodes { title } } } }`,
  `query Many { artist(id: "4") { name } release(id: "5") { title } track(id: "8") { title } }`,
  `query Here @inContext(country: "FR") { artist(id: "1") { name } }`,
  `query Priced { release(id: "6") { title price(country: "DE") { current { amount } } } }`,
  `{ artist(id: "1") { name ... @defer { releases(first: 2) { nodes { title } } } } }`,
  ...[1, 2, 3].map(() => `query One { artist(id: "2") { name } } query Other { artist(id: "3") { name } }`),
  "{ storeContext { country requestedShopId } }",
  "{ __schema { queryType { name } } }",
  "{ __typename }",
];
/** What differs each time, is somebody's, or is wrong. */
const passing = [
  ...["5", "6", "7"].map((id) => `{ release(id: "${id}") { title price { quote } } }`),
  ...["8", "9"].map((id) => `{ track(id: "${id}") { title clip { url } } }`),
  "{ upstreamQuota { limit } }",
  "{ upstreamTime }",
  "{ viewer { id } }",
  `{ artist(id: "1") { name } viewer { locker(first: 1) { nodes { tracks { nodes { title } } } } } }`,
  `{ artist(id: "no id") { name } }`,
  "{ nothing }",
  "{",
  `mutation { basketCreate { basket { id } } }`,
  `subscription { purchaseAttempt(idempotencyKey: "never-seen-never-seen") { status } }`,
];

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** By their hashes. Of the lasting ones the operator registers half; the others may be registered by clients. */
export const registered = Object.fromEntries(
  [...lasting.filter((_, index) => index % 2 === 0), ...passing.filter((text) => text !== "{")].map((text) => [sha256(text), text]),
);

const stores: readonly Headers[] = [
  {},
  {},
  { "x-7d-country": "GB" },
  { "x-7d-country": "DE" },
  { "x-7d-country": "de" },
  { "x-7d-shop-id": "34" },
  { "x-7d-shop-id": "1064", "x-7d-country": "DE" },
  { "x-7d-country": "no country" },
];
const accepted: readonly Headers[] = [
  {},
  {},
  { accept: "application/json" },
  { accept: "application/graphql-response+json" },
  { accept: "application/graphql-response+json, application/json;q=0.5" },
  { accept: "multipart/mixed, application/json" },
  { accept: "text/event-stream" },
  { accept: "image/png" },
];
const user = (name: string): Headers => ({ "x-7d-oauth-token": `token-of-${name}`, "x-7d-oauth-token-secret": "secret" });
const gateway = { "x-7d-gateway-secret": secrets.GATEWAY_SECRET };
const operator = { "x-7d-operator-secret": secrets.OPERATOR_SECRET };
const strangers: readonly Headers[] = [{}, {}, {}, {}, {}, gateway, { authorization: "Bearer null" }];
const known: readonly Headers[] = [
  user("ann"),
  user("bob"),
  operator,
  { ...operator, ...user("ann") },
  { ...gateway, ...user("bob") },
  { authorization: "Bearer not-sealed-here" },
  { "x-7d-operator-secret": "a guess, and a wrong one" },
  { "x-7d-gateway-secret": "a guess, and a wrong one" },
  { "x-7d-show-upstream": "true" },
];
const others: readonly Headers[] = [
  {},
  {},
  {},
  { origin: "https://shop.example" },
  { origin: "https://evil.example" },
  { "x-request-id": "r" },
];

/** A request, and what is known of what its response may hold. */
export interface Asking {
  readonly sent: Sent;
  readonly document: string;
  /** As stamps name it: the store in which the operation runs. */
  readonly store: string;
  /** Whose token it carries, if any. */
  readonly token: string | undefined;
}

export function randomRequest(chance: Chance): Asking {
  const document = chance.in(0.82) ? chance.pick(lasting) : chance.pick(passing);
  const headers = randomHeaders(chance);
  return { sent: sentOf(document, headers, chance), document, ...senderOf(headers) };
}

/** The same, but for one thing: who sends it, the method, or a body that is somewhere else. */
export function disguised({ sent, document }: Asking, chance: Chance): Asking {
  const { headers: { "content-type": type, ...headers } = {}, method, path = "", body } = sent;
  const typed = type !== undefined && { "content-type": type };
  const kind = chance.between(0, 3);
  if (kind === 0) {
    const others = randomHeaders(chance);
    return { sent: { ...sent, headers: { ...others, ...typed } }, document, ...senderOf(others) };
  }
  if (kind === 1) return { sent: { ...sent, method: chance.pick(["HEAD", "PUT", "DELETE", "PATCH"]) }, document, ...senderOf(headers) };
  const post = { ...headers, "content-type": "application/json" };
  if (kind === 2 && body === undefined)
    return { sent: { method: "POST", path: "/graphql", headers: post, body: `GET ${path}` }, document, ...senderOf(headers) };
  const more = path.includes("?") ? `${path}&more=` : `${path}?query={__typename}`;
  return { sent: { ...sent, method: method ?? "GET", path: more }, document, ...senderOf(headers) };
}

function randomHeaders(chance: Chance): Headers {
  return {
    ...chance.pick(stores),
    ...(chance.in(0.6) ? {} : chance.pick(accepted)),
    ...(chance.in(0.88) ? chance.pick(strangers) : chance.pick(known)),
    ...chance.pick(others),
    ...(chance.in(0.2) && { "graphql-require-preflight": "1" }),
  };
}

function senderOf(headers: Headers): Pick<Asking, "store" | "token"> {
  return { store: storeOf(headers), token: headers["x-7d-oauth-token"] };
}

function storeOf(headers: Headers): string {
  const { "x-7d-shop-id": shop, "x-7d-country": country } = headers;
  return shop === undefined ? (country ?? "GB").toUpperCase() : `shop${shop}`;
}

function sentOf(document: string, headers: Headers, chance: Chance): Sent {
  const path = chance.in(0.1) ? "/subgraph" : "/graphql";
  const variables = document.includes("$id") ? { variables: { id: chance.pick(["1", "2", "7"]) } } : {};
  const operationName = document.includes("query Other") ? { operationName: chance.pick(["One", "Other"]) } : {};
  const query = chance.in(0.15) ? `${document} # again`.replace(/ /, "  ") : document;
  const persisted = { extensions: { persistedQuery: { version: 1, sha256Hash: sha256(document) } } };
  const given = { ...operationName, ...variables };
  const methods = chance.in(0.03) ? ["HEAD", "PUT", "DELETE"] : ["GET"];
  const inUrl = (parameters: Readonly<Record<string, unknown>>): Sent => {
    const written = Object.entries(parameters).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
    return { method: chance.pick(methods), path: `${path}?${new URLSearchParams(written).toString()}`, headers };
  };
  const kind = chance.between(0, 99);
  if (kind < 20) return inUrl({ documentId: sha256(document), ...given });
  if (kind < 25) return inUrl({ ...persisted, ...given });
  if (kind < 30) return inUrl({ query, ...given });
  const contentType = chance.in(0.02) ? "text/plain" : "application/json";
  const method = chance.in(0.01) ? chance.pick(["PUT", "DELETE"]) : "POST";
  const inBody = (body: object): Sent => ({
    method,
    path,
    headers: { ...headers, "content-type": contentType },
    body: JSON.stringify(body),
  });
  if (kind < 35) return inBody({ ...persisted, ...given });
  if (kind < 40) return inBody({ query: document, ...persisted, ...given });
  if (kind < 45) return inBody({ ...given, query, extensions: { more: chance.between(0, 2) } });
  return inBody({ query, ...given });
}
