/** The processes of a façade that has several: who they are, and connections that lead to each. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { Client, type Dispatcher } from "undici";
import { linesOf } from "./process.js";
import { until, type Came, type Running } from "./stand.js";

/** A connection to one process. */
export interface Line {
  /** Its number. */
  readonly process: number;
  ask(query: string, variables?: object, headers?: Readonly<Record<string, string>>): Promise<Came>;
  get(path: string): Promise<Came>;
  close(): Promise<void>;
}

/** Process ids of the workers, as Linux knows them. */
export function workersOf({ child }: Pick<Running, "child">): readonly number[] {
  const pid = String(child.pid);
  const ids = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8");
  return ids.split(" ").filter(Boolean).map(Number);
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** What it has logged so far. */
export function logOf({ child }: Pick<Running, "child">): () => readonly Readonly<Record<string, unknown>>[] {
  let log = "";
  child.stderr?.on("data", (chunk: Buffer) => (log += chunk.toString()));
  return () => linesOf(log.slice(0, log.lastIndexOf("\n") + 1));
}

/** A connection to each of so many processes; the façade has to log operations.
 *  @param log What it has logged so far. */
export async function linesTo(count: number, facade: Running, log: ReturnType<typeof logOf>): Promise<readonly Line[]> {
  const lines = new Map<number, Line>();
  while (lines.size < count) {
    const client = new Client(new URL(facade.graph).origin);
    const came = async (options: Dispatcher.RequestOptions): Promise<Came> => {
      try {
        const { statusCode, body } = await client.request(options);
        return { status: statusCode, body: await body.text() };
      } catch {
        return "cut";
      }
    };
    const ask: Line["ask"] = (query, variables = {}, headers = {}) =>
      came({
        path: "/graphql",
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query, variables }),
      });
    const id = randomUUID();
    await ask("{ __typename }", {}, { "x-request-id": id });
    const logged = () => log().find(({ requestId }) => requestId === id);
    await until(() => logged() !== undefined, "the operation is logged");
    const process = Number(logged()?.["process"]);
    if (lines.has(process)) await client.destroy();
    else lines.set(process, { process, ask, get: (path) => came({ path, method: "GET" }), close: () => client.destroy() });
  }
  return [...lines.values()];
}
