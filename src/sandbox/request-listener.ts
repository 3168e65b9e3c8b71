/** Serves one HTTP request: reads it, carries out faults, answers, and writes the journal. */

import type { RequestListener, IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { controlResponse } from "./control.js";
import type { Fault, Faults, When } from "./faults.js";
import { methodAt, respond, type Gateway } from "./gateway.js";
import type { Journal, JournalEntry } from "./journal.js";
import type { Method } from "./method.js";
import { readRequest, type ApiRequest } from "./request.js";
import { plainText, send, type Response } from "./response.js";
import type { Sale } from "./shop/till.js";
import { siteResponse, type Sites } from "./sites/sites.js";

export interface Served {
  readonly gateway: Gateway;
  readonly sites: Sites;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly sales: readonly Sale[];
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
  const control = await controlResponse(served, request);
  if (control !== null) return send(incoming, outgoing, control, { nowMs });
  return serveApi(served, request, incoming, outgoing);
}

async function serveApi(served: Served, request: ApiRequest, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const called = methodAt(request.path, served.gateway);
  const method = called?.path ?? request.path;
  const faults = served.faults.take(method);
  await delays(faults, "before");
  const nowMs = served.now();
  const ordered = faults.find((fault) => fault.kind !== "delay");
  const executed = ordered !== undefined && whenOf(ordered) === "before" ? undefined : answer(served, called, request, nowMs);
  const fault = ordered ?? executed?.fault;
  const response = struck(executed, fault);
  note(served.journal, method, request, { at: nowMs, status: response?.status ?? 0 });
  await delays(faults, "after");
  if (response !== undefined) return send(incoming, outgoing, response, { nowMs, ...cutting(fault) });
  if (fault?.kind === "reset") cut(incoming, request.secure);
}

/** Undefined where nothing is to be answered. */
function struck(executed: Response | undefined, fault: Fault | undefined): Response | undefined {
  switch (fault?.kind) {
    case "reset":
    case "hang":
      return undefined;
    case "status":
      return orderedResponse(fault);
    default:
      return executed;
  }
}

function cutting(fault: Fault | undefined): { readonly truncateTo?: number } {
  return fault?.kind === "truncate" ? { truncateTo: fault.bytes } : {};
}

function answer({ gateway, sites }: Served, called: Method | undefined, request: ApiRequest, nowMs: number): Response {
  return siteResponse(sites, request, nowMs) ?? respond(gateway, called, request, nowMs);
}

function note(journal: Journal, method: string, request: ApiRequest, { at, status }: Pick<JournalEntry, "at" | "status">): void {
  const signed = [...request.query, ...request.authorization, ...request.form].some(([name]) => name === "oauth_signature");
  const { verb, secure } = request;
  journal.add({ at, verb, method, secure, signed, status }, [...request.query, ...request.form]);
}

async function delays(faults: readonly Fault[], when: When): Promise<void> {
  for (const fault of faults) {
    if (fault.kind === "delay" && whenOf(fault) === when) await wait(fault.ms);
  }
}

function whenOf(fault: Fault): When {
  return fault.kind === "truncate" ? "after" : (fault.when ?? "before");
}

function orderedResponse({ status, body = "", contentType = "text/plain; charset=utf-8", headers }: Fault & { kind: "status" }): Response {
  return { status, headers: { "Content-Type": contentType, ...headers }, body };
}

/** Node can send a TCP reset from a plain socket only; under TLS the connection just ends. */
function cut({ socket }: IncomingMessage, secure: boolean): void {
  if (secure) socket.destroy();
  else socket.resetAndDestroy();
}
