/** What the servers are asked, and how a question is asked once by hand. */
import { hash } from "node:crypto";

export const hello = "{ hello }";
/** One thing by its id. */
export const q1 = "query($id: ID!) { artist(id: $id) { name } }";
/** By which it is registered. */
export const q1Hash = hash("sha256", q1);

/** A fixed one: each day has another chart. */
export const chartDay = "2026-06-30";

const chartNodes =
  "{ nodes { title artist { name } price { current { amount currencyCode display } } tracks(first: 20) { nodes { title durationSeconds } } } }";
/** A page of a shop: 50 releases with their prices, and up to 20 tracks of each. */
export const q2 = `{ releaseChart(first: 50, until: "${chartDay}") ${chartNodes} }`;
/** The same of another length, and beside it one of many artists: more different responses than a cache can hold. */
export const q2Random = `query($id: ID!, $first: Int!) { artist(id: $id) { name } releaseChart(first: $first, until: "${chartDay}") ${chartNodes} }`;
/** The same thing ten times. */
export const q3 = `query($id: ID!) { ${Array.from({ length: 10 }, (_, index) => `r${index}: release(id: $id) { title }`).join(" ")} }`;

/** The fields of a release that random selections are made of, by their name in the response. */
export const releaseFields = [
  ["releaseId", "releaseId"],
  ["title", "title"],
  ["barcode", "barcode"],
  ["slug", "slug"],
  ["releasedAt", "releasedAt"],
  ["artistCredit", "artistCredit"],
  ["explicit", "explicit"],
  ["artist", "artist { name }"],
  ["label", "label { name }"],
  ["price", "price { current { amount currencyCode } }"],
] as const;

const mostOfList = 100;

/** New releases of a fixed month, in as many lists of at most 100 as it takes. */
export function listQuery(size: number): string {
  const lists = Array.from({ length: Math.ceil(size / mostOfList) }, (_, index) => {
    const first = Math.min(mostOfList, size - index * mostOfList);
    const window = `from: "2012-05-01", to: "2012-05-31", first: ${first}, offset: ${index * mostOfList}`;
    return `l${index}: newReleases(${window}) { nodes { title } }`;
  });
  return `{ ${lists.join(" ")} }`;
}

export interface Answer {
  readonly body: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** From the question to the last byte. */
  readonly ms: number;
}

/** @throws Error where the answer is no data, or holds errors besides */
export async function ask(url: string, query: string, variables?: object): Promise<Answer> {
  const start = performance.now();
  const headers = { "content-type": "application/json", accept: "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  const body = await response.text();
  const ms = performance.now() - start;
  const { data, errors } = JSON.parse(body) as { data?: Answer["data"]; errors?: unknown };
  if (!response.ok || !data || errors !== undefined) throw new Error(`${url} answered ${query} with ${body.slice(0, 500)}`);
  return { body, data, ms };
}
