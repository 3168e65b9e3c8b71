/** Reads a fault rule that another process sends as JSON. Nothing of it is trusted. */

import type { Fault, FaultRule, When } from "./faults.js";

/** Null for what is no rule. */
export function faultRuleOf(text: string): FaultRule | null {
  const value = parsed(text);
  if (!isRecord(value) || typeof value["method"] !== "string") return null;
  const fault = faultOf(value["fault"]);
  if (fault === null) return null;
  const { method, times } = value;
  if (times === undefined) return { method, fault };
  return isCount(times) && times > 0 ? { method, times, fault } : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** What a timer of Node's holds. */
const longestDelayMs = 2 ** 31 - 1;

function faultOf(value: unknown): Fault | null {
  if (!isRecord(value) || !isWhen(value["when"])) return null;
  const when = value["when"] === undefined ? {} : { when: value["when"] };
  switch (value["kind"]) {
    case "delay":
      return isCount(value["ms"]) && value["ms"] <= longestDelayMs ? { kind: "delay", ms: value["ms"], ...when } : null;
    case "truncate":
      return isCount(value["bytes"]) && when.when !== "before" ? { kind: "truncate", bytes: value["bytes"] } : null;
    case "reset":
    case "hang":
      return { kind: value["kind"], ...when };
    case "status":
      return statusFaultOf(value, when);
    default:
      return null;
  }
}

function statusFaultOf(
  { status, body, contentType, headers }: Readonly<Record<string, unknown>>,
  when: { readonly when?: When },
): Fault | null {
  if (!isCount(status) || status < 200 || status > 599) return null;
  if (!isOptionalText(body) || !isOptionalText(contentType) || !(headers === undefined || isTexts(headers))) return null;
  return {
    kind: "status",
    status,
    ...(body === undefined ? {} : { body }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(headers === undefined ? {} : { headers }),
    ...when,
  };
}

function isWhen(value: unknown): value is When | undefined {
  return value === undefined || value === "before" || value === "after";
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
