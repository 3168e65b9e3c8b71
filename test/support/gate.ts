/** Stands before the catalogue of a sandbox and lets calls through, or keeps them waiting until it is opened again. */
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Gate {
  readonly baseUrl: string;
  /** Calls of the method wait from now on. */
  hold(method: string): void;
  /** How many wait. */
  held(): number;
  open(): void;
  close(): void;
}

export async function openGate(sandboxUrl: string): Promise<Gate> {
  const waiting: (() => void)[] = [];
  let closedFor: string | undefined;

  function pass(request: IncomingMessage, response: ServerResponse): void {
    const { url = "", headers } = request;
    const on = forward(new URL(url, sandboxUrl), { headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    on.on("error", () => response.destroy());
    on.end();
  }

  const server = createServer((request, response) => {
    const waits = closedFor !== undefined && request.url?.startsWith(`/1.2/${closedFor}?`) === true;
    if (waits) waiting.push(() => pass(request, response));
    else pass(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", 2000, resolve));
  return {
    baseUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/1.2`,
    hold(method) {
      closedFor = method;
    },
    held: () => waiting.length,
    open() {
      closedFor = undefined;
      for (const go of waiting.splice(0)) go();
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
