/** Serves one HTTP request: reads it, carries out faults, answers, and writes the journal. */

import type { RequestListener, IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { controlResponse } from "./control.js";
import { faultedCall } from "../faults/faulted-call.js";
import type { Fault, Faults, When } from "../faults/faults.js";
import { respond, type Gateway } from "../api/gateway.js";
import type { Journal, JournalEntry } from "../api/journal.js";
import type { Method } from "../api/method.js";
import { readRequest, type ApiRequest } from "./request.js";
import { plainText, send, type Response } from "./response.js";
import type { Sale } from "../shop/till.js";
import { imageResponse } from "../sites/images/image-site.js";
import { siteResponse, type Sites } from "../sites/sites.js";
import { startPageResponse } from "../sites/start-pages.js";
import { editAmong, editedResponse, struck, whenOf } from "../faults/carry-out.js";

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
  const apart = (await controlResponse(served, request)) ?? apartResponse(served.sites, request);
  if (apart !== null) return send(incoming, outgoing, apart, { nowMs });
  return serveApi(served, request, incoming, outgoing);
}

/** What is no call, and so has neither a place in the journal nor faults. */
function apartResponse({ catalogue }: Sites, request: ApiRequest): Response | null {
  return imageResponse(catalogue, request) ?? startPageResponse(catalogue, request);
}

async function serveApi(served: Served, request: ApiRequest, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const called = served.gateway.methods.find(request.path, request.verb);
  const method = called?.path ?? request.path;
  const faults = served.faults.take(faultedCall(method, request, served.gateway.accounts));
  await delays(faults, "before");
  const nowMs = served.now();
  const ordered = faults.find(({ kind }) => kind !== "delay" && kind !== "edit");
  const executed = ordered !== undefined && whenOf(ordered) === "before" ? undefined : answer(served, { called, request, faults, nowMs });
  const fault = ordered ?? executed?.fault;
  const response = struck(executed, fault, called);
  note(served.journal, method, request, { at: nowMs, status: response?.status ?? 0 });
  await delays(faults, "after");
  if (response !== undefined) return send(incoming, outgoing, response, { nowMs, ...cutting(fault) });
  if (fault?.kind === "reset") cut(incoming, request.secure);
}

function cutting(fault: Fault | undefined): { readonly truncateTo?: number } {
  return fault?.kind === "truncate" ? { truncateTo: fault.bytes } : {};
}

interface Executed {
  readonly called: Method | undefined;
  readonly request: ApiRequest;
  readonly faults: readonly Fault[];
  readonly nowMs: number;
}

function answer({ gateway, sites, faults: rules }: Served, { called, request, faults, nowMs }: Executed): Response {
  const edit = editAmong(faults);
  const circumstances = { nowMs, as: edit?.as, faultsOfItem: rules.takeOfItem.bind(rules) };
  const response = siteResponse(sites, request, nowMs) ?? respond(gateway, called, request, circumstances);
  return edit === undefined ? response : editedResponse(response, edit);
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

/** Node can send a TCP reset from a plain socket only; under TLS the connection just ends. */
function cut({ socket }: IncomingMessage, secure: boolean): void {
  if (secure) socket.destroy();
  else socket.resetAndDestroy();
}
