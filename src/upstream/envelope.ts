/** What every answer of 7digital is wrapped in. An answer is believed only when it is one whole `<response status="ok">` with a
 *  matching HTTP status; everything else becomes a typed error. @see API document, "Response Format" and "Error codes" */
import type { BodyError } from "./body-text.js";
import { attributeValue, type Decoder } from "./decode.js";
import type { Auth } from "./endpoint.js";
import { UpstreamError, type UpstreamErrorCode } from "./errors.js";
import { percentEncode } from "./percent-encoding.js";
import { failed, Reading } from "./reading.js";
import type { Store } from "./session.js";
import { XmlError } from "./xml-error.js";
import { readXml, type XmlElement } from "./xml.js";

interface RawAnswer {
  readonly httpStatus: number;
  /** The body as text, in whatever form it came. */
  readonly body: string;
  /** Why the body is not to be read. */
  readonly fault?: BodyError | undefined;
  /** The body may have been cut short without anybody saying so. */
  readonly endsWithConnection?: boolean;
}

interface Answered<R> {
  /** The method's path, for messages. */
  readonly path: string;
  readonly auth: Auth;
  readonly result: Decoder<R>;
}

interface Asked {
  /** Where the call shopped, told by the error of what that store does not sell. */
  readonly store?: Store;
  /** False where the signature is the consumer's alone: a partner's users have no token of their own. */
  readonly hasToken?: boolean;
  /** What no message may repeat. */
  readonly secrets?: readonly string[];
  /** Takes note of where the answer differs from what is known. */
  readonly reading?: Reading;
}

/** Gives the decoded, frozen value of a whole and successful answer.
 *  @throws UpstreamError for every other answer, with 7digital's own code where it told one. */
export function readAnswer<R>(endpoint: Answered<R>, answer: RawAnswer, asked: Asked = {}): R {
  const method = endpoint.path;
  const { httpStatus } = answer;
  const response = responseOf(endpoint, answer, asked);
  const failure = response.children.find((item) => item.name === "error") ?? nestedError(response);
  const status = attributeValue(response, "status");
  if (status === "ok" && failure !== undefined && response.children.length > 1)
    throw bad(method, httpStatus, "both an answer and an error");
  if (status === "error" || failure !== undefined) throw apiError(endpoint, httpStatus, failure, asked);
  if (status !== "ok") throw bad(method, httpStatus, "a response that says neither ok nor error");
  if (httpStatus >= 400) throw serverFault(method, httpStatus, "an ok response with an HTTP status that says otherwise");
  const reading = asked.reading ?? new Reading(method);
  const result = endpoint.result(response, reading);
  if (result === failed) throw bad(method, httpStatus, `an unexpected shape (${reading.failure()})`);
  return result;
}

/** The one element that a document of 7digital's is. */
function responseOf(endpoint: Answered<unknown>, answer: RawAnswer, asked: Asked): XmlElement {
  const { path: method } = endpoint;
  const { httpStatus, fault, endsWithConnection } = answer;
  if (httpStatus === 401) throw credentialsRefused(endpoint, httpStatus, asked);
  if (fault !== undefined) throw perhapsCut(serverFault(method, httpStatus, fault.message), fault.retryable && endsWithConnection);
  const body = answer.body.trimStart();
  if (!body.startsWith("<")) throw perhapsCut(plainText(endpoint, httpStatus, body, asked), endsWithConnection);
  const root = wholeOf(method, answer, body);
  if (root.name !== "response") throw serverFault(method, httpStatus, "a document that is not a response");
  return root;
}

function wholeOf(method: string, { httpStatus, endsWithConnection }: RawAnswer, body: string): XmlElement {
  try {
    return readWhole(method, httpStatus, body);
  } catch (error) {
    throw perhapsCut(error, endsWithConnection);
  }
}

/** What arrived whole would be the same again; what may have been cut short is worth a second try. */
function perhapsCut(error: unknown, mayBeCut = false): unknown {
  if (!mayBeCut || !(error instanceof UpstreamError) || error.code !== "UPSTREAM_BAD_RESPONSE") return error;
  return error.with({ retryable: true });
}

function readWhole(method: string, httpStatus: number, body: string): XmlElement {
  try {
    return readXml(body);
  } catch (error) {
    if (error instanceof XmlError) throw serverFault(method, httpStatus, `not one whole XML document: ${error.message}`, error);
    throw error;
  }
}

/** Recorded: a card registration that failed is `status="error"` inside a response that says ok. */
function nestedError(response: XmlElement): XmlElement | undefined {
  const failed = response.children.find((item) => attributeValue(item, "status") === "error");
  return failed?.children.find((item) => item.name === "error");
}

function plainText(endpoint: Answered<unknown>, httpStatus: number, body: string, asked: Asked): UpstreamError {
  // The text decides: this one may even come with 200. A server in trouble may say anything.
  if (httpStatus < 500 && /^oauth\b/i.test(body)) return credentialsRefused(endpoint, httpStatus, asked);
  return serverFault(endpoint.path, httpStatus, body === "" ? "an empty body" : "a body that is not XML");
}

function credentialsRefused({ path: method, auth }: Answered<unknown>, httpStatus: number, { hasToken }: Asked): UpstreamError {
  return auth === "user" && hasToken !== false
    ? new UpstreamError("UNAUTHENTICATED", `7digital did not accept the user's credentials for ${method}: sign in again.`, {
        method,
        httpStatus,
      })
    : new UpstreamError("UPSTREAM_AUTH", `7digital did not accept the credentials of ${method}.`, { method, httpStatus });
}

/** A body we can not use. With a 5xx it says that 7digital is in trouble, with 403 that it refuses this, otherwise that something
 *  else answered. */
function serverFault(method: string, httpStatus: number, what: string, cause?: unknown): UpstreamError {
  if (httpStatus === 403) return new UpstreamError("UPSTREAM_ERROR", `7digital refused ${method} (HTTP 403).`, { method, httpStatus });
  if (httpStatus < 500) return bad(method, httpStatus, what, cause);
  return new UpstreamError("UPSTREAM_UNAVAILABLE", `7digital failed to answer ${method} (HTTP ${String(httpStatus)}).`, {
    method,
    httpStatus,
    retryable: true,
    cause,
  });
}

function bad(method: string, httpStatus: number, what: string, cause?: unknown): UpstreamError {
  return new UpstreamError("UPSTREAM_BAD_RESPONSE", `7digital answered ${method} with ${what}.`, { method, httpStatus, cause });
}

const longestMessage = 200;

function apiError(
  { path: method, auth }: Answered<unknown>,
  httpStatus: number,
  failure: XmlElement | undefined,
  { store, secrets = [] }: Asked,
): UpstreamError {
  const sevendigitalCode = codeOf(failure);
  const told = failure?.children
    .find((item) => item.name === "errorMessage")
    ?.text.trim()
    .replace(/\s+/g, " ");
  const tellable = auth === "key" && told !== undefined && !holdsSecret(told, secrets);
  const message = messageOf(method, tellable ? told : undefined, sevendigitalCode);
  const code = meaning(sevendigitalCode);
  return new UpstreamError(code, message, {
    method,
    httpStatus,
    sevendigitalCode,
    store: code === "NOT_AVAILABLE_IN_COUNTRY" ? store : undefined,
    retryable: sevendigitalCode !== undefined && /^(?:7001|7002|7003|9\d{3})$/.test(sevendigitalCode),
  });
}

/** Undefined also for what is no code: it is passed on, and may be anything. */
function codeOf(failure: XmlElement | undefined): string | undefined {
  const code = failure && attributeValue(failure, "code")?.trim();
  return code !== undefined && /^\d{1,5}$/.test(code) ? code : undefined;
}

/** Base strings, which errors of signatures repeat, are full of OAuth's parameters. */
function holdsSecret(told: string, secrets: readonly string[]): boolean {
  const text = told.toLowerCase();
  const forms = secrets.filter((secret) => secret !== "").flatMap((secret) => [secret, percentEncode(secret)]);
  return text.includes("oauth_") || forms.some((form) => text.includes(form.toLowerCase()));
}

/** What 7digital says may repeat what it was sent: of calls that carry secrets the code alone is told. */
function messageOf(method: string, told: string | undefined, code: string | undefined): string {
  if (told !== undefined && told !== "") return told.slice(0, longestMessage);
  return code === undefined ? `7digital refused ${method} without a reason.` : `7digital refused ${method} with error ${code}.`;
}

/** Codes mean what the document says; messages vary between methods for the same code, so they decide nothing. */
function meaning(code: string | undefined): UpstreamErrorCode {
  if (code === "2001") return "NOT_FOUND";
  if (code === "2002") return "NOT_AVAILABLE_IN_COUNTRY";
  if (code !== undefined && /^1\d{3}$/.test(code)) return "UPSTREAM_REJECTED_INPUT";
  return "UPSTREAM_ERROR";
}
