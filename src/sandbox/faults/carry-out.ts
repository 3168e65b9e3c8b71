/** What becomes of an answer under the faults that fall on it. */

import { errorResponse } from "../api/document.js";
import { edited, markupOf } from "./edit.js";
import type { EditFault, Fault, When } from "./faults.js";
import { mergedHeaders } from "../http/headers.js";
import type { Method } from "../api/method.js";
import type { Response } from "../http/response.js";
import { writeXml } from "../api/xml.js";

export function whenOf(fault: Fault): When {
  return fault.kind === "truncate" || fault.kind === "edit" ? "after" : (fault.when ?? "before");
}

/** Several edits are one: what they change twice, the last one decides. Undefined where there is none. */
export function editAmong(faults: readonly Fault[]): EditFault | undefined {
  const edits = faults.filter((fault) => fault.kind === "edit");
  if (edits.length === 0) return undefined;
  return edits.reduce((one, other) => ({
    ...one,
    ...other,
    headers: mergedHeaders(one.headers ?? {}, other.headers ?? {}),
    elements: [...(one.elements ?? []), ...(other.elements ?? [])],
    as: { ...one.as, ...other.as },
  }));
}

export function editedResponse(response: Response, { status = response.status, headers = {}, ...edit }: EditFault): Response {
  return { ...response, status, headers: mergedHeaders(response.headers, headers), body: encoded(editedBody(response, edit), edit) };
}

type BodyEdit = Pick<EditFault, "elements" | "declaration" | "encoding">;

function editedBody({ body, document }: Response, { elements = [], declaration }: BodyEdit): string | Buffer {
  if (document === undefined || (elements.length === 0 && declaration === undefined)) return body;
  const root = elements.reduce(edited, document.root);
  return writeXml(root, document.style, declaration === undefined ? undefined : markupOf(declaration));
}

function encoded(body: string | Buffer, { encoding }: BodyEdit): string | Buffer {
  if (encoding === undefined || typeof body !== "string") return body;
  const text = body.replace(/^\uFEFF/, "");
  if (encoding === "iso-8859-1") return Buffer.from(text, "latin1");
  const bytes = Buffer.from(`\uFEFF${text}`, "utf16le");
  return encoding === "utf-16le" ? bytes : bytes.swap16();
}

/** Undefined where nothing is to be answered. */
export function struck(executed: Response | undefined, fault: Fault | undefined, called: Method | undefined): Response | undefined {
  switch (fault?.kind) {
    case "reset":
    case "hang":
      return undefined;
    case "status":
      return orderedResponse(fault);
    case "error":
      return refusal(fault, called);
    default:
      return executed;
  }
}

function orderedResponse({
  status,
  body = "",
  contentType = "text/plain; charset=utf-8",
  headers = {},
}: Fault & { kind: "status" }): Response {
  return { status, headers: mergedHeaders({ "Content-Type": contentType }, headers), body };
}

/** What is no method of the API refuses in plain text. */
function refusal({ code, message, status }: Fault & { kind: "error" }, called: Method | undefined): Response {
  if (called === undefined) return orderedResponse({ kind: "status", status: status ?? 400, body: message });
  const response = errorResponse(called, new Map(), { code, message }, {});
  return { ...response, status: status ?? response.status };
}
