/** What it means when no whole HTTP answer came: undici's and Node's error codes, turned into ours. */
import { UpstreamError } from "./errors.js";

/** Something on the way broke, and may be whole again at once. */
const passing = new Set([
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
  // Of a proxy that reached no 7digital.
  "502",
  "503",
  "504",
]);

/** Something answered, but not in HTTP. */
const notHttp = /^(?:HPE_|HTTPParserError$|UND_ERR_HEADERS_OVERFLOW$|UND_ERR_RES_CONTENT_LENGTH_MISMATCH$|UND_ERR_RES_EXCEEDED_MAX_SIZE$)/;

/** The error for a request that got no whole answer. The cause is left out: parser errors hold bytes of the answer, and others
 *  addresses. A failed TLS handshake is not worth a second try, nor is a connection that took all its time.
 *  @param notSent Whether it failed before anything of the request could be sent. */
export function sentNothingBack(method: string, error: Error, notSent: boolean): UpstreamError {
  const { code } = error as NodeJS.ErrnoException;
  const why = code ?? error.name;
  if (notHttp.test(why)) {
    return new UpstreamError("UPSTREAM_BAD_RESPONSE", `7digital answered ${method} with something that is not HTTP (${why}).`, {
      method,
      notSent,
    });
  }
  return new UpstreamError("UPSTREAM_UNAVAILABLE", `7digital could not be reached for ${method} (${why}).`, {
    method,
    retryable: passing.has(why.replace(/^PROXY_/, "")),
    notSent,
  });
}
