/** The sandbox's own door under /_sandbox/, by which another process reads the journal and orders faults. */

import { keyPair } from "./certificate.js";
import { faultRuleOf } from "../faults/fault-rule.js";
import type { Faults } from "../faults/faults.js";
import { JsonProblem } from "./json-reader.js";
import type { Journal } from "../api/journal.js";
import type { ApiRequest } from "./request.js";
import { json, plainText, type Response } from "./response.js";
import type { Sale } from "../shop/till.js";
import type { Sites } from "../sites/sites.js";

export interface Controlled {
  readonly journal: Journal;
  readonly faults: Faults;
  readonly sales: readonly Sale[];
  readonly sites: Sites;
  reset(): void;
}

type Door = (sandbox: Controlled, request: ApiRequest) => Response | Promise<Response>;

const doors: Readonly<Record<string, Door>> = {
  "GET /_sandbox/journal": ({ journal }) => json(200, { total: journal.count(), entries: journal.entries() }),
  "DELETE /_sandbox/journal": ({ journal }) => done(() => journal.clear()),
  "GET /_sandbox/faults": ({ faults }) => json(200, { faults: faults.rules() }),
  "POST /_sandbox/faults": addFault,
  "DELETE /_sandbox/faults": ({ faults }) => done(() => faults.clear()),
  "GET /_sandbox/downloads": ({ sites }) => json(200, { entries: sites.downloads.entries() }),
  "GET /_sandbox/sales": ({ sales }) => json(200, { sales }),
  "GET /_sandbox/certificate": async () => plainText(200, (await keyPair()).certificate),
  "POST /_sandbox/reset": (sandbox) => done(() => sandbox.reset()),
};

/** Null for a path outside /_sandbox/. */
export function controlResponse(sandbox: Controlled, request: ApiRequest): Response | Promise<Response> | null {
  if (!request.path.startsWith("/_sandbox/")) return null;
  if (isOfAnotherPage(request)) return plainText(403, "Pages of other origins are not let in");
  const door = doors[`${request.verb} ${request.path}`];
  return door === undefined ? plainText(404, `No such door. There are: ${Object.keys(doors).join(", ")}`) : door(sandbox, request);
}

/** Browsers name the origin of the page with everything that may change something. */
function isOfAnotherPage({ origin, secure, host }: ApiRequest): boolean {
  return origin !== "" && origin.toLowerCase() !== `${secure ? "https" : "http"}://${host.toLowerCase()}`;
}

function done(act: () => void): Response {
  act();
  return { status: 204, headers: {}, body: "" };
}

function addFault({ faults }: Controlled, request: ApiRequest): Response {
  try {
    faults.add(faultRuleOf(request.body));
  } catch (problem) {
    if (!(problem instanceof JsonProblem)) throw problem;
    return json(400, { error: `${problem.message}. See "Fault rules" in docs/sandbox.md` });
  }
  return json(201, { faults: faults.rules() });
}
