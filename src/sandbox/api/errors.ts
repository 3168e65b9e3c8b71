/** The two forms of the API's errors: an error document with a code, and a line of plain text. */

import type { PaymentRefusal } from "../accounts/model.js";
import { falls } from "./irregularities.js";
import { element, type XmlElement } from "./xml.js";

export type ErrorCode = PaymentRefusal | 1001 | 1002 | 1003 | 1006 | 1007 | 2001 | 2002 | 2003 | 3001 | 3002 | 3003 | 3004 | 3012 | 9001;

/** Answered as `<response status="error">` with a code of the API document. */
export class ApiError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Answered as plain text, as everything is that fails before a method is reached. */
export class PlainError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/** What real answers with 401 said. @see the issues and tests of 7digital's own clients, which quote them */
type Unauthorised = "Not authorised - no user credentials provided" | "Resource requires access token" | "Access to resource denied";

/** `reason` is for the developer, whom the recorded words do not help: it goes into a header of the sandbox's own. */
export function unauthorised(text: Unauthorised, reason?: string): PlainError {
  return new PlainError(401, `OAuth authentication error: ${text}`, reason === undefined ? {} : { "X-Sandbox-Reason": reason });
}

/** HTTP status of an error document where the method does not answer errors with 200. */
export function statusOf(code: number): number {
  if (code === 9001) return 500;
  if (code >= 3000) return 402;
  return code >= 2000 ? 404 : 400;
}

export interface Refusal {
  readonly code: number;
  readonly message: string;
}

export function errorElement(path: string, error: Refusal): XmlElement {
  const padded = falls("padded-error-message", path, 4);
  const message = padded ? `\n      ${error.message}\n    ` : error.message;
  return element("error", [element("errorMessage", message)], { code: error.code });
}
