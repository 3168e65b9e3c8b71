/** Sends what clients should not, and tells what an answer cost. */
import { request } from "undici";
import type { GraphError } from "./facade.js";

export interface GraphAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body as it came. */
  readonly text: string;
  readonly data: unknown;
  readonly errors: readonly GraphError[];
  /** Of the first error. */
  readonly code: unknown;
}

export type Headers = Readonly<Record<string, string>>;

/** Posts an operation, or whatever else it is. */
export async function tell(url: string, body: unknown, headers: Headers = {}): Promise<GraphAnswer> {
  const answer = await request(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const text = await answer.body.text();
  const { data, errors = [] } = JSON.parse(text) as { data?: unknown; errors?: readonly GraphError[] };
  return { status: answer.statusCode, headers: answer.headers, text, data, errors, code: errors[0]?.extensions?.["code"] };
}

/** Milliseconds of CPU that the whole process needs for it, the quickest of several runs. */
export async function cpuOf(run: () => Promise<unknown>, runs = 15): Promise<number> {
  let best = Infinity;
  for (let index = 0; index < runs; index += 1) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return best;
}

export function times(count: number, make: (index: number) => string, between = " "): string {
  return Array.from({ length: count }, (_, index) => make(index)).join(between);
}
