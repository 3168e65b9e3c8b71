/** Asks for a response in several payloads, and reads them as they come. */
import { request, type Dispatcher } from "undici";
import type { Headers } from "./asking.js";
import type { Part } from "./parts.js";

export interface Streaming {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData["headers"];
  /** Everything that has come so far. */
  text(): string;
  /** Resolves with everything that has come, as soon as it contains this. Rejects where the response ends before. */
  until(part: string): Promise<string>;
  /** The rest. Rejects where the response is cut off. */
  end(): Promise<string>;
  /** Closes the connection. */
  leave(): void;
}

export async function stream(url: string, body: object, headers: Headers): Promise<Streaming> {
  const {
    statusCode,
    headers: answered,
    body: source,
  } = await request(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  source.setEncoding("utf8");
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<string>;
  let text = "";
  const more = async (): Promise<boolean> => {
    const step = await chunks.next();
    if (step.done !== true) text += step.value;
    return step.done !== true;
  };
  return {
    status: statusCode,
    headers: answered,
    text: () => text,
    async until(part) {
      while (!text.includes(part)) if (!(await more())) throw new Error(`It ended without ${part}: ${text}`);
      return text;
    },
    async end() {
      while (await more());
      return text;
    },
    leave() {
      source.on("error", () => undefined).destroy();
    },
  };
}

/** Payloads of the events of a whole response. @throws Error where it does not end with `complete`. */
export function eventsIn(text: string): readonly Part[] {
  const events = text.split("\n\n").filter((event) => event !== "" && event !== ":");
  if (events.pop() !== "event: complete\ndata:") throw new Error(`Not complete: ${text}`);
  return events.map((event) => {
    const [, data] = /^event: next\ndata: (.*)$/.exec(event) ?? [];
    if (data === undefined) throw new Error(`Not an event: ${event}`);
    return JSON.parse(data) as Part;
  });
}
