/** What may befall one exchange between façade and API on its way, and the answers that something in between may make up. */

/** An answer of somebody who is not the API. */
export type MadeUp = "401" | "403" | "429" | "500" | "503" | "3003" | "3101" | "9001" | "html" | "302" | "garbage";

export type Strike =
  | { readonly kind: "none" }
  /** Connections are refused for a while after the purchase was looked up, and just before it is sent. */
  | { readonly kind: "refused"; readonly ms: number }
  /** The same, but connections are taken and reset. */
  | { readonly kind: "resetAtAccept"; readonly ms: number }
  /** A part of the request goes on, then both sides are reset. `share` 0: nothing; below 1: never all. */
  | { readonly kind: "resetInRequest"; readonly share: number }
  /** Nothing goes on, and nothing comes back. */
  | { readonly kind: "swallowed" }
  /** Goes on after so long, even where the façade no longer waits. */
  | { readonly kind: "late"; readonly ms: number }
  /** Not sent on, but answered. */
  | { readonly kind: "answered"; readonly by: MadeUp }
  /** Sent on and executed, but answered by somebody else. */
  | { readonly kind: "replaced"; readonly by: MadeUp }
  /** The answer ends after a share of it. */
  | { readonly kind: "cut"; readonly share: number; readonly then: "end" | "reset" | "hang" }
  /** As `cut`, but whole as HTTP. */
  | { readonly kind: "halved"; readonly share: number }
  /** The answer comes bit by bit over so long. */
  | { readonly kind: "drip"; readonly ms: number }
  /** The answer is the first one of this kind once more: the locker before the purchase. */
  | { readonly kind: "stale" };

function http(status: string, body: string, headers: readonly string[] = ["Content-Type: text/xml; charset=utf-8"]): Buffer {
  const head = [`HTTP/1.1 ${status}`, ...headers, `Content-Length: ${String(Buffer.byteLength(body))}`, "Connection: close"];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}

function error(code: number, message: string): string {
  return (
    `<?xml version="1.0" encoding="utf-8"?><response status="error" version="1.2"><error code="${String(code)}">` +
    `<errorMessage>${message}</errorMessage></error></response>`
  );
}

const madeUp: Readonly<Record<MadeUp, Buffer>> = {
  "401": http("401 Unauthorized", "OAuth authentication error: Not authorised", ["Content-Type: text/plain"]),
  "403": http("403 Forbidden", "<html><body>Forbidden</body></html>", ["Content-Type: text/html"]),
  "500": http("500 Internal Server Error", "", []),
  "503": http("503 Service Unavailable", "upstream request timeout", ["Content-Type: text/plain"]),
  "429": http("429 Too Many Requests", "Too many requests", ["Content-Type: text/plain"]),
  "3003": http("200 OK", error(3003, "Payment for this purchase has failed")),
  "3101": http("200 OK", error(3101, "Payment Failed: A8")),
  "9001": http("500 Internal Server Error", error(9001, "Unexpected internal server error")),
  html: http("200 OK", "<!DOCTYPE html><html><body>Back soon</body></html>", ["Content-Type: text/html"]),
  "302": http("302 Found", "", ["Location: http://127.0.0.1:9/"]),
  garbage: Buffer.from("SSH-2.0-OpenSSH_9.6\r\n\r\n"),
};

export function madeUpAnswer(by: MadeUp): Buffer {
  return madeUp[by];
}

/** The same answer with a part of its body, whole as HTTP. */
export function halved(answer: Buffer, share: number): Buffer {
  const bodyAt = answer.indexOf("\r\n\r\n") + 4;
  const head = answer.subarray(0, bodyAt).toString("latin1");
  const body = answer.subarray(bodyAt, bodyAt + Math.floor((answer.length - bodyAt) * share));
  const lines = head.split("\r\n").filter((line) => line !== "" && !/^(?:content-length|transfer-encoding):/i.test(line));
  return Buffer.concat([Buffer.from(`${[...lines, `Content-Length: ${String(body.length)}`].join("\r\n")}\r\n\r\n`, "latin1"), body]);
}
