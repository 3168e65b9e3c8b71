/** From an HTTP request at /mcp to the answer of a tool, by the gate and the limits of the graph. @see Model Context Protocol, "Streamable HTTP" */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Limits } from "../config/config.js";
import type { Cors } from "../http/cors.js";
import { clientGone } from "../http/graphql-route.js";
import { jsonObject } from "../http/json-object.js";
import { isJson } from "../http/media-types.js";
import { readBody, textOf } from "../http/request-body.js";
import type { Gate } from "../http/request-gate.js";
import { headerReader } from "../http/request-headers.js";
import type { Route } from "../http/request-listener.js";
import { badRequest, sendRejection, type Rejection } from "../http/responses.js";
import type { Operations } from "../operation/operation.js";
import type { RequestFacts } from "../operation/request.js";
import { once } from "../shared/once.js";
import type { AnswerMessage } from "./mcp-protocol.js";
import type { Tool } from "./tools.js";

interface McpOptions {
  readonly operations: Operations;
  readonly tools: ReadonlyMap<string, Tool>;
  /** Of this server. */
  readonly version: string;
  readonly cors: Cors;
  readonly gate: Gate;
  readonly readAddress: (request: IncomingMessage) => string;
  readonly limits: { readonly ofGateway: Limits; readonly ofOthers: Limits };
  readonly onRejected: (rejection: Rejection) => void;
}

const onlyPost: Rejection = {
  status: 405,
  code: "BAD_REQUEST",
  message: "Send messages by POST. There are no sessions and no streams.",
  headers: { Allow: "POST" },
};
/** A page that points its own host name at this machine (DNS rebinding) still sends its own Origin. */
const foreignOrigin: Rejection = {
  status: 403,
  code: "BAD_REQUEST",
  message: "Pages of this origin may not call. Ask the operator to allow it.",
};
const notJson: Rejection = { status: 415, code: "BAD_REQUEST", message: "Send a message as JSON, with Content-Type: application/json." };
const notMessage = badRequest("Send one JSON-RPC message, as a JSON object.");

export function createMcpRoute(options: McpOptions): Route {
  const { cors, onRejected, tools, version } = options;
  const protocol = once(async () => {
    const { createProtocol } = await import("./mcp-protocol.js");
    return createProtocol({ tools, version });
  });
  const answer = createAnswer(options, protocol);

  return async (request, response) => {
    cors.mark(request, response);
    if (request.method === "OPTIONS") {
      cors.answerPreflight(request, response);
      return;
    }
    const rejection = rejectedByHead(request, cors) ?? (await answer(request, response));
    if (rejection === undefined) return;
    onRejected(rejection);
    sendRejection(response, rejection);
  };
}

function rejectedByHead({ method, headers }: IncomingMessage, cors: Cors): Rejection | undefined {
  if (!cors.accepts(headers.origin)) return foreignOrigin;
  if (method !== "POST") return onlyPost;
  return isJson(headers["content-type"]) ? undefined : notJson;
}

type Protocol = () => Promise<AnswerMessage>;

/** @returns Why a request is rejected; undefined where its message was answered, or its client has gone. */
function createAnswer({ operations, gate, readAddress, limits: { ofGateway, ofOthers } }: McpOptions, protocol: Protocol) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<Rejection | undefined> => {
    const header = headerReader(request);
    const address = readAddress(request);
    const known = await gate(address, header, response);
    if ("code" in known) return known;
    const limits = known.sender.gateway ? ofGateway : ofOthers;
    const body = await readBody(request, limits.bodyBytes);
    if (body === "gone") return undefined;
    const sent = "code" in body ? body : textOf(body.bytes, limits.jsonValues);
    if ("code" in sent) return sent;
    // Several messages in one request, which the protocol has given up, would be counted as one.
    const message = jsonObject(sent.text);
    if (message === undefined) return notMessage;
    // What is no call of a tool runs nothing that could reject it.
    if (message["method"] !== "tools/call") known.executed();
    const facts: RequestFacts = {
      ...{ ...known, limits, method: "POST", header, address, whenGone: clientGone(response) },
      ...{
        accepts: { whole: true, parts: false, events: false },
        mediaType: "application/json",
        legacyStatus: false,
        registeredOnly: false,
      },
    };
    const answerMessage = await protocol();
    await send(response, await answerMessage(headOf(request), message, async (parameters) => operations.run(facts, parameters)));
    return undefined;
  };
}

/** The protocol needs no credentials. */
function headOf({ headers }: IncomingMessage): Request {
  const head = new Headers({ "content-type": "application/json", accept: headers.accept ?? "" });
  const version = headers["mcp-protocol-version"];
  if (typeof version === "string") head.set("mcp-protocol-version", version);
  return new Request("http://localhost/mcp", { method: "POST", headers: head });
}

async function send(response: ServerResponse, answer: Response): Promise<void> {
  const body = await answer.text();
  if (response.destroyed) return;
  const type = answer.headers.get("content-type");
  response
    .writeHead(answer.status, { ...(type !== null && { "Content-Type": type }), "Content-Length": Buffer.byteLength(body) })
    .end(body);
}
