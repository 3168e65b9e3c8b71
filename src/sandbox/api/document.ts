/** Wraps what a method answers into a `<response>` document with the headers of the API. */

import { errorElement, statusOf, type Refusal } from "./errors.js";
import type { Fault } from "../faults/faults.js";
import { styleOf } from "./irregularities.js";
import type { Answer, Method } from "./method.js";
import type { Given } from "./parameters.js";
import type { Response, XmlDocument } from "../http/response.js";
import type { Mishap } from "../shop/misbehaving.js";
import { element, writeXml, type XmlElement } from "./xml.js";

type Headers = Readonly<Record<string, string>>;

const notCached: Headers = { "Cache-Control": "no-cache, no-store" };

/** `quota` is the headers that tell the daily limit, `nowMs` epoch ms. */
export function goodResponse(called: Method, given: Given, answer: Answer, quota: Headers, nowMs: number): Response {
  if (answer !== null && "redirectTo" in answer) {
    return { status: 302, headers: { Location: answer.redirectTo, ...notCached, ...quota }, body: "" };
  }
  if (answer !== null && "form" in answer) {
    const headers = { "Content-Type": "application/x-www-form-urlencoded", ...notCached, ...quota };
    return { status: 200, headers, body: new URLSearchParams(answer.form.map(([name, value]) => [name, value])).toString() };
  }
  if (answer !== null && "spoilt" in answer) {
    const whole = goodResponse(called, given, answer.spoilt, quota, nowMs);
    return { ...whole, fault: faultOf(answer.by, called, whole) };
  }
  const cache = called.maxAgeSeconds === null ? notCached : cacheHeaders(called.maxAgeSeconds, nowMs);
  return { status: 200, headers: { ...xml, ...cache, ...quota }, ...documentOf(called, given, "ok", answer) };
}

function faultOf(mishap: Mishap, called: Method, whole: Response): Fault {
  switch (mishap) {
    case "reset":
    case "hang":
      return { kind: mishap };
    case "half":
      return { kind: "truncate", bytes: Math.floor(Buffer.byteLength(whole.body) / 2) };
    case "internal-error": {
      const { status, headers, body } = errorResponse(called, new Map(), { code: 9001, message: "Unexpected internal server error" }, {});
      return { kind: "status", status, headers, body: String(body) };
    }
  }
}

export function errorResponse(called: Method, given: Given, error: Refusal, quota: Headers): Response {
  const status = called.errorsArriveAs200 === true ? 200 : statusOf(error.code);
  const content = errorElement(called.path, error);
  return { status, headers: { ...xml, ...notCached, ...quota }, ...documentOf(called, given, "error", content) };
}

const xml: Headers = { "Content-Type": "text/xml; charset=utf-8" };

function cacheHeaders(maxAgeSeconds: number, nowMs: number): Headers {
  return { "Cache-Control": `private, max-age=${maxAgeSeconds}`, "Last-Modified": new Date(nowMs).toUTCString() };
}

function documentOf(called: Method, given: Given, status: "ok" | "error", content: XmlElement | null): Pick<Response, "body" | "document"> {
  const root = element("response", [content], {
    status,
    version: "1.2",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:noNamespaceSchemaLocation": "http://api.7digital.com/1.2/static/7digitalAPI.xsd",
  });
  const document: XmlDocument = { root, style: styleOf(called.path, subjectOf(called, given)) };
  return { body: writeXml(document.root, document.style), document };
}

/** What the call is about: the value of the method's first parameter. */
function subjectOf(called: Method, given: Given): string {
  const [first = ""] = Object.keys(called.parameters);
  return given.get(first.toLowerCase()) ?? "";
}
