/** What the servers are asked, and how a question is asked once by hand. */

export const hello = "{ hello }";
/** One thing by its id. */
export const q1 = `{ artist(id: "1") { name } }`;
/** A page of a shop: 1150 things with their prices. */
export const q2 =
  "{ releaseChart(first: 50) { nodes { title artist { name } price { current { amount currencyCode display } } tracks(first: 20) { nodes { title durationSeconds } } } } }";

export const requestHeaders = { "content-type": "application/json", accept: "application/json" };

export function requestBody(query: string): string {
  return JSON.stringify({ query });
}

export interface Answer {
  readonly body: string;
  /** From the question to the last byte. */
  readonly ms: number;
}

/** @throws Error where the answer is no data, or holds errors besides */
export async function ask(url: string, query: string): Promise<Answer> {
  const start = performance.now();
  const response = await fetch(url, { method: "POST", headers: requestHeaders, body: requestBody(query) });
  const body = await response.text();
  const ms = performance.now() - start;
  const { data, errors } = JSON.parse(body) as { data?: unknown; errors?: unknown };
  if (!response.ok || !data || errors !== undefined) throw new Error(`${url} answered ${query} with ${body.slice(0, 500)}`);
  return { body, ms };
}
