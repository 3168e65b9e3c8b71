/** Serves one HTTP request: reads it, carries out faults, answers, and writes the journal. */

import type { RequestListener, IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { clipAt } from "./clip.js";
import { controlResponse } from "./control.js";
import type { Fault, Faults } from "./faults.js";
import { methodAt, respond, type Gateway } from "./gateway.js";
import type { Journal } from "./journal.js";
import { readRequest, type ApiRequest } from "./request.js";
import { plainText, send, type Response } from "./response.js";

export interface Served {
  readonly gateway: Gateway;
  readonly journal: Journal;
  readonly faults: Faults;
  reset(): void;
  /** Epoch ms. */
  now(): number;
}

export function requestListener(served: Served, secure: boolean): RequestListener {
  return (incoming, outgoing) => {
    serve(served, secure, incoming, outgoing).catch(() => outgoing.destroy());
  };
}

async function serve(served: Served, secure: boolean, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const request = await readRequest(incoming, secure);
  const nowMs = served.now();
  if (request === null) return send(incoming, outgoing, plainText(413, "Request body is too long"), { nowMs });
  const control = controlResponse(served, request);
  if (control !== null) return send(incoming, outgoing, control, { nowMs });
  return serveApi(served, request, incoming, outgoing);
}

async function serveApi(served: Served, request: ApiRequest, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const called = methodAt(request.path, served.gateway);
  const method = called?.path ?? request.path;
  const last = await delayed(served.faults.take(method));
  const nowMs = served.now();
  const note = (status: number) => {
    const signed = [...request.query, ...request.authorization, ...request.form].some(([name]) => name === "oauth_signature");
    const { verb, secure } = request;
    served.journal.add({ at: nowMs, verb, method, secure, signed, status }, [...request.query, ...request.form]);
  };
  if (last?.kind === "reset") {
    note(0);
    cut(incoming, request.secure);
    return;
  }
  const response = last?.kind === "status" ? ordered(last) : (clipResponse(request) ?? respond(served.gateway, called, request, nowMs));
  note(response.status);
  await send(incoming, outgoing, response, last?.kind === "truncate" ? { nowMs, truncateTo: last.bytes } : { nowMs });
}

/** Waits as long as the delays say, and gives the fault that is left to carry out. */
async function delayed(faults: readonly Fault[]): Promise<Fault | undefined> {
  for (const fault of faults) {
    if (fault.kind === "delay") await wait(fault.ms);
  }
  return faults.find((fault) => fault.kind !== "delay");
}

function ordered({ status, body = "", contentType = "text/plain; charset=utf-8", headers }: Fault & { kind: "status" }): Response {
  return { status, headers: { "Content-Type": contentType, ...headers }, body };
}

function clipResponse({ path }: ApiRequest): Response | null {
  const audio = clipAt(path);
  return audio === null
    ? null
    : { status: 200, headers: { "Content-Type": "audio/wav", "Cache-Control": "private, max-age=3600" }, body: audio };
}

/** Node can send a TCP reset from a plain socket only; under TLS the connection just ends. */
function cut({ socket }: IncomingMessage, secure: boolean): void {
  if (secure) socket.destroy();
  else socket.resetAndDestroy();
}
