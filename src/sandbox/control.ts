/** The sandbox's own door under /_sandbox/, by which another process reads the journal and orders faults. */

import type { Fault, FaultRule, Faults } from "./faults.js";
import type { Journal } from "./journal.js";
import type { ApiRequest } from "./request.js";
import { json, plainText, type Response } from "./response.js";

export interface Controlled {
  readonly journal: Journal;
  readonly faults: Faults;
  reset(): void;
}

const doors: Readonly<Record<string, (sandbox: Controlled, request: ApiRequest) => Response>> = {
  "GET /_sandbox/journal": ({ journal }) => json(200, { total: journal.count(), entries: journal.entries() }),
  "DELETE /_sandbox/journal": ({ journal }) => done(() => journal.clear()),
  "GET /_sandbox/faults": ({ faults }) => json(200, { faults: faults.rules() }),
  "POST /_sandbox/faults": addFault,
  "DELETE /_sandbox/faults": ({ faults }) => done(() => faults.clear()),
  "POST /_sandbox/reset": (sandbox) => done(() => sandbox.reset()),
};

/** Null for a path outside /_sandbox/. */
export function controlResponse(sandbox: Controlled, request: ApiRequest): Response | null {
  if (!request.path.startsWith("/_sandbox/")) return null;
  const door = doors[`${request.verb} ${request.path}`];
  return door === undefined ? plainText(404, `No such door. There are: ${Object.keys(doors).join(", ")}`) : door(sandbox, request);
}

function done(act: () => void): Response {
  act();
  return { status: 204, headers: {}, body: "" };
}

function addFault({ faults }: Controlled, request: ApiRequest): Response {
  const rule = ruleOf(parsed(request.body));
  if (rule === null) return json(400, { error: "Expected { method, times?, fault: { kind: delay | status | truncate | reset, … } }" });
  faults.add(rule);
  return json(201, { faults: faults.rules() });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function ruleOf(value: unknown): FaultRule | null {
  if (!isRecord(value) || typeof value["method"] !== "string") return null;
  const fault = faultOf(value["fault"]);
  if (fault === null) return null;
  const { method, times } = value;
  if (times === undefined) return { method, fault };
  return isCount(times) && times > 0 ? { method, times, fault } : null;
}

/** What a timer of Node's holds. */
const longestDelayMs = 2 ** 31 - 1;

function faultOf(value: unknown): Fault | null {
  if (!isRecord(value)) return null;
  switch (value["kind"]) {
    case "delay":
      return isCount(value["ms"]) && value["ms"] <= longestDelayMs ? { kind: "delay", ms: value["ms"] } : null;
    case "truncate":
      return isCount(value["bytes"]) ? { kind: "truncate", bytes: value["bytes"] } : null;
    case "reset":
      return { kind: "reset" };
    case "status":
      return statusFaultOf(value);
    default:
      return null;
  }
}

function statusFaultOf({ status, body, contentType, headers }: Readonly<Record<string, unknown>>): Fault | null {
  if (!isCount(status) || status < 200 || status > 599) return null;
  if (!isOptionalText(body) || !isOptionalText(contentType) || !(headers === undefined || isTexts(headers))) return null;
  return {
    kind: "status",
    status,
    ...(body === undefined ? {} : { body }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(headers === undefined ? {} : { headers }),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isRecord(value) && Object.values(value).every((one) => typeof one === "string");
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === "string";
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}
