/** The envelope of every answer. An answer is valid only if it is one whole `<response status="ok">` with a matching HTTP status. Everything else
 *  becomes a typed error. @see API document, "Response Format" and "Error codes" */
import { gaveUp, readResponse } from "./bytes/read-response.js";
import { attributeValue } from "./decode.js";
import type { Endpoint, Received } from "../endpoint.js";
import type { UpstreamErrorCode } from "../error-traits.js";
import { UpstreamError } from "../errors.js";
import { percentEncode } from "../request/percent-encoding.js";
import type { WireAnswer } from "../pipeline.js";
import { rejectionMessage } from "../error-messages.js";
import { errorSubject, isRejectedSignature } from "../error-words.js";
import { failed, Reading } from "./reading.js";
import type { Store } from "../session.js";
import { textOf, type Body } from "../wire/body-text.js";
import { XmlError } from "./xml-error.js";
import { readXml, type XmlElement } from "./xml.js";

type Method<R> = Pick<Endpoint<never, R>, "path" | "auth" | "personal" | "result" | "readsFailure">;
type RawAnswer = Pick<WireAnswer, "httpStatus" | "body"> & Partial<WireAnswer>;

interface Asked {
  /** The store of the call, for the error of what it does not sell. */
  readonly store?: Store;
  /** False for users whom a partner manages: their calls are signed without a token. */
  readonly hasToken?: boolean;
  /** What no message may hold. */
  readonly secrets?: readonly string[];
  /** Collects where the answer differs from what the decoders know. */
  readonly reading?: Reading;
}

/** The decoded, frozen value of a whole and successful answer.
 *  @throws UpstreamError for every other answer, with 7digital's own code where there is one. */
export function readAnswer<R>(endpoint: Method<R>, answer: RawAnswer, asked: Asked = {}): R {
  const { path: method } = endpoint;
  const { httpStatus, body, fault, header = () => undefined } = answer;
  const reading = asked.reading ?? new Reading(method);
  const received = new ReceivedAnswer(httpStatus, header, body);
  if (typeof body !== "string" && httpStatus < 400 && fault === undefined) {
    const value = readResponse(endpoint, body, reading, received);
    if (value !== gaveUp) return value;
  }
  return readTree(endpoint, answer, asked, { reading, received });
}

class ReceivedAnswer implements Received {
  constructor(
    readonly httpStatus: number,
    readonly header: Received["header"],
    private readonly sent: Body,
  ) {}

  /** Made when it is asked for: hardly any result is made of it. */
  get body(): string {
    return textOf(this.sent);
  }
}

interface TreeInput {
  readonly reading: Reading;
  readonly received: Received;
}

/** The same by the tree of the response: slower, and for all responses. */
function readTree<R>(endpoint: Method<R>, answer: RawAnswer, asked: Asked, { reading, received }: TreeInput): R {
  const { path: method } = endpoint;
  const { httpStatus } = answer;
  const response = responseOf(endpoint, answer, asked);
  const failure = response.children.find((item) => item.name === "error") ?? nestedError(endpoint, response);
  const status = attributeValue(response, "status");
  if (status === "ok" && failure !== undefined && response.children.length > 1)
    throw badResponse(method, httpStatus, "both an answer and an error");
  if (status === "error" || failure !== undefined) throw apiError(endpoint, httpStatus, rawError(failure), asked);
  if (status !== "ok") throw badResponse(method, httpStatus, "a response that says neither ok nor error");
  if (httpStatus >= 400) throw unusable(method, httpStatus, "an ok response with an HTTP status that says otherwise");
  const result = endpoint.result(response, reading, received);
  if (result === failed) throw badResponse(method, httpStatus, `an unexpected shape (${reading.failure()})`);
  return result;
}

/** The root element. */
function responseOf(endpoint: Method<unknown>, answer: RawAnswer, asked: Asked): XmlElement {
  const { path: method } = endpoint;
  const { httpStatus, fault, endsWithConnection } = answer;
  if (httpStatus === 401) throw credentialsRejected(endpoint, httpStatus, asked);
  if (fault !== undefined) throw perhapsTruncated(unusable(method, httpStatus, fault.message), fault.retryable && endsWithConnection);
  const body = textOf(answer.body).trimStart();
  if (!body.startsWith("<")) throw perhapsTruncated(plainText(endpoint, httpStatus, body, asked), endsWithConnection);
  let root: XmlElement;
  try {
    root = readXml(body);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw perhapsTruncated(unusable(method, httpStatus, `not one whole XML document: ${error.message}`, error), endsWithConnection);
  }
  if (root.name !== "response") throw unusable(method, httpStatus, "a document that is not a response");
  return root;
}

/** A whole answer would be the same again, but a truncated one is worth a second try. */
function perhapsTruncated(error: UpstreamError, mayBeTruncated = false): UpstreamError {
  return mayBeTruncated && error.code === "UPSTREAM_BAD_RESPONSE" ? error.with({ retryable: true }) : error;
}

/** Recorded: a card registration that failed is `status="error"` inside a response that says ok. */
function nestedError({ readsFailure }: Method<unknown>, response: XmlElement): XmlElement | undefined {
  if (readsFailure === true) return undefined;
  const failed = response.children.find((item) => attributeValue(item, "status") === "error");
  return failed?.children.find((item) => item.name === "error");
}

function plainText(endpoint: Method<unknown>, httpStatus: number, body: string, asked: Asked): UpstreamError {
  if (isRejectedSignature(httpStatus, body)) return credentialsRejected(endpoint, httpStatus, asked);
  return unusable(endpoint.path, httpStatus, body === "" ? "an empty body" : "a body that is not XML");
}

function credentialsRejected({ path: method, auth }: Method<unknown>, httpStatus: number, { hasToken }: Asked): UpstreamError {
  const [code, message] =
    auth === "user" && hasToken !== false
      ? (["UNAUTHENTICATED", `7digital did not accept the user's credentials for ${method}: sign in again.`] as const)
      : (["UPSTREAM_AUTH", `7digital did not accept the key of this server for ${method}. Contact the operator.`] as const);
  return new UpstreamError(code, message, { method, httpStatus });
}

/** A body that cannot be used: with 5xx 7digital failed, with 403 it rejected the call, otherwise something else answered. */
function unusable(method: string, httpStatus: number, what: string, cause?: unknown): UpstreamError {
  if (httpStatus === 403) return new UpstreamError("UPSTREAM_ERROR", `7digital rejected ${method} (HTTP 403).`, { method, httpStatus });
  if (httpStatus < 500) return badResponse(method, httpStatus, what, cause);
  const message = `7digital failed to answer ${method} (HTTP ${String(httpStatus)}).`;
  return new UpstreamError("UPSTREAM_UNAVAILABLE", message, { method, httpStatus, retryable: true, cause });
}

function badResponse(method: string, httpStatus: number, what: string, cause?: unknown): UpstreamError {
  return new UpstreamError("UPSTREAM_BAD_RESPONSE", `7digital answered ${method} with ${what}.`, { method, httpStatus, cause });
}

const longestMessage = 200;

/** 7digital's own error, as it is written. */
export interface RawError {
  readonly code: string | undefined;
  readonly message: string | undefined;
}

/** @param httpStatus Of the answer that it is in. */
export function apiError(
  { path: method, auth, personal }: Pick<Method<unknown>, "path" | "auth" | "personal">,
  httpStatus: number,
  { code: written, message }: RawError,
  asked: Pick<Asked, "store" | "secrets">,
): UpstreamError {
  const { store, secrets = [] } = asked;
  const sevendigitalCode = codeOf(written);
  const text = message?.trim().replace(/\s+/g, " ");
  // Messages may repeat what was sent, so those of calls with secrets are not passed on.
  const isPublic = auth === "key" && !personal && text && !holdsSecret(text, secrets);
  const subject = errorSubject(sevendigitalCode, text ?? "");
  const code = meaning(sevendigitalCode);
  return new UpstreamError(code, rejectionMessage({ method, sevendigitalCode, subject }), {
    method,
    httpStatus,
    sevendigitalCode,
    sevendigitalMessage: isPublic ? text.slice(0, longestMessage) : undefined,
    subject,
    store: code === "NOT_AVAILABLE_IN_COUNTRY" ? store : undefined,
    retryable: sevendigitalCode !== undefined && /^(?:7001|7002|7003|9\d{3})$/.test(sevendigitalCode),
  });
}

/** As an answer writes it. */
function rawError(failure: XmlElement | undefined): RawError {
  const message = failure?.children.find((item) => item.name === "errorMessage")?.text;
  return { code: failure && attributeValue(failure, "code"), message };
}

/** Undefined also for anything but a number of up to five digits, for it is passed on to clients. */
function codeOf(written: string | undefined): string | undefined {
  const code = written?.trim();
  return code !== undefined && /^\d{1,5}$/.test(code) ? code : undefined;
}

/** Messages about signatures repeat the base string, which is full of OAuth parameters. */
function holdsSecret(message: string, secrets: readonly string[]): boolean {
  const text = message.toLowerCase();
  const forms = secrets.filter((secret) => secret !== "").flatMap((secret) => [secret, percentEncode(secret)]);
  return text.includes("oauth_") || forms.some((form) => text.includes(form.toLowerCase()));
}

/** By the document. Messages vary between methods for the same code, so they decide nothing. */
function meaning(code = ""): UpstreamErrorCode {
  if (code === "2001") return "NOT_FOUND";
  if (code === "2002") return "NOT_AVAILABLE_IN_COUNTRY";
  return /^1\d{3}$/.test(code) ? "UPSTREAM_REJECTED_INPUT" : "UPSTREAM_ERROR";
}
