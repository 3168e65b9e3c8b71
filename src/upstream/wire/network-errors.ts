/** Turns error codes of undici and Node into ours, where no whole HTTP response came. */
import { UpstreamError } from "../errors.js";

/** Failures that may pass at once. */
const transient = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  // Closed before the end of the headers or of the body.
  "UND_ERR_SOCKET",
  // From a proxy that did not reach 7digital.
  "502",
  "503",
  "504",
]);

/** Something answered, but not HTTP. */
const notHttp = /^(?:HPE_|HTTPParserError$|UND_ERR_HEADERS_OVERFLOW$|UND_ERR_RES_CONTENT_LENGTH_MISMATCH$|UND_ERR_RES_EXCEEDED_MAX_SIZE$)/;

/** The error of a request without a whole response. It has no cause, for parser errors hold bytes of the response, and others addresses. A failed
 *  TLS handshake or a connection timeout is not worth a second try.
 *  @param notSent Whether it failed before anything of the request could be sent. */
export function networkError(method: string, error: Error, notSent: boolean): UpstreamError {
  const why = (error as NodeJS.ErrnoException).code ?? error.name;
  if (notHttp.test(why)) {
    const message = `7digital answered ${method} with something that is not HTTP (${why}).`;
    return new UpstreamError("UPSTREAM_BAD_RESPONSE", message, { method, notSent });
  }
  const retryable = transient.has(why.replace(/^PROXY_/, ""));
  return new UpstreamError("UPSTREAM_UNAVAILABLE", `7digital could not be reached for ${method} (${why}).`, { method, retryable, notSent });
}
