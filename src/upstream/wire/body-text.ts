/** The text of a body: inflates it up to a limit and decodes its charset strictly. The bytes decide where labels contradict them. */
import { isUtf8 } from "node:buffer";
import { gunzipSync } from "node:zlib";

interface BodyForm {
  readonly contentEncoding: string | undefined;
  readonly contentType: string | undefined;
  /** Limit of the inflated body. */
  readonly maxBytes: number;
}

/** A body that has no text. */
export class BodyError extends Error {
  override readonly name = "BodyError";

  constructor(
    /** Completes "7digital answered with …". */
    message: string,
    /** True where it may have been damaged in transit. */
    readonly retryable = false,
  ) {
    super(message);
  }
}

/** Text; valid UTF-8 as bytes, because a response that is whole is read from them, and no text of it is needed. */
export type Body = string | Buffer;

/** @throws BodyError for too many bytes, a damaged or unrequested compression, and bytes that fit no charset they may be in. */
export function readBody(bytes: Buffer, { contentEncoding, contentType, maxBytes }: BodyForm): Body {
  if (unrequested.test(contentEncoding ?? "")) throw new BodyError("a body in a compression that was not requested");
  return decodedBody(inflated(bytes, maxBytes), contentType);
}

/** Without a byte order mark. */
export function textOf(body: Body): string {
  return typeof body === "string" ? body : utf8.decode(body);
}

/** Other words in that header, such as a charset, are mistakes that do not change the bytes. */
const unrequested = /\b(?:br|deflate|zstd|compress|dcb|dcz)\b/i;

/** Proxies gzip twice by mistake; more layers are an attack. */
const mostLayers = 2;

/** By its magic bytes: no text begins with them. Synchronous, as the limit keeps it to a few milliseconds, also for a bomb. */
function inflated(bytes: Buffer, maxBytes: number): Buffer {
  let plain = bytes;
  try {
    for (let layer = 0; layer < mostLayers && plain[0] === 0x1f && plain[1] === 0x8b; layer += 1) {
      plain = gunzipSync(plain, { maxOutputLength: maxBytes, chunkSize: chunkSizeFor(plain) });
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw new BodyError("a body whose compression is damaged", true);
  }
  return plain;
}

/** Room for the whole text by what the end of a gzip file says of its size (RFC 1952 §2.3.1), which is only a hint: more text takes more chunks. Node's
 *  own 16 KB for each of many small bodies take longer than inflating them. */
function chunkSizeFor(gzipped: Buffer): number {
  const said = gzipped.length < 4 ? 0 : gzipped.readUInt32LE(gzipped.length - 4);
  // A byte more, or zlib asks for another chunk before it finds the end.
  return Math.min(Math.max(said + 1, smallestChunk), largestChunk);
}

/** The smallest that Node takes. */
const smallestChunk = 64;
const largestChunk = 64 * 1024;

export function tooLarge(): BodyError {
  return new BodyError("a body that is too large");
}

function decodedBody(bytes: Buffer, contentType: string | undefined): Body {
  const sure = byBytes(bytes);
  for (const charset of sure === undefined ? possibleCharsets(bytes, contentType) : [sure]) {
    const body = decoded(bytes, charset);
    if (body !== undefined) return body;
  }
  throw new BodyError("a body that is not text of its charset");
}

/** Best first: the first that the bytes fit is used. */
function possibleCharsets(bytes: Buffer, contentType: string | undefined): readonly string[] {
  const label = labelled(contentType);
  const declared = declaredEncoding(bytes);
  // Any bytes fit a one-byte charset, but such text is hardly ever valid UTF-8 by chance.
  const isWeak = label !== undefined && oneByteCharsets.has(label) && declared === "utf-8";
  const named = isWeak ? [declared, label] : [label, declared, "utf-8"];
  return named.filter((charset): charset is string => charset !== undefined && !utf16.test(charset));
}

/** Labels that the bytes contradict, or `byBytes` would have found out: they could be decoded, but to nonsense. */
const utf16 = /^(?:utf-?16|ucs-?2|iso-10646-ucs-2|csunicode|unicode(?!-))/;

/** By a byte order mark, or by the NULs that UTF-16 has beside ASCII. */
function byBytes(bytes: Buffer): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first === undefined || second === undefined || (first === 0) === (second === 0)) return undefined;
  return first === 0 ? "utf-16be" : "utf-16le";
}

function labelled(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*["']?([^\s;,"']+)/i.exec(contentType ?? "")?.[1]?.toLowerCase();
}

/** From the XML declaration, which is ASCII in every charset we read. */
function declaredEncoding(bytes: Buffer): string | undefined {
  return /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(bytes.toString("latin1", 0, 200))?.[1]?.toLowerCase();
}

/** Undefined where the charset is unknown or the bytes do not fit it. */
function decoded(bytes: Buffer, charset: string): Body | undefined {
  if (charset === "utf-8") return isUtf8(bytes) ? bytes : undefined;
  if (oneByteCharsets.has(charset)) return windows1252(bytes);
  // Half of a surrogate pair is one bad character (U+FFFD), not another charset: 16-bit encoders cut texts between the halves.
  if (charset.startsWith("utf-16")) return bytes.length % 2 === 0 ? new TextDecoder(charset).decode(bytes) : undefined;
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Shared, because creating one costs more than decoding a whole response. */
const utf8 = new TextDecoder();

/** The Encoding Standard reads these as windows-1252. Node 20's own decoder gives control characters for 0x80 to 0x9f. */
const oneByteCharsets = new Set(["windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii"]);

// 0x80 to 0x9f. The five bytes without a character stay the control characters of Latin-1.
const fromX80 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

function windows1252(bytes: Buffer): string {
  return bytes.toString("latin1").replace(/[\x80-\x9f]/g, (character) => fromX80.charAt(character.charCodeAt(0) - 0x80));
}
