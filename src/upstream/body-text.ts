/** From the bytes of a body to its text: inflates, within a cap, and decodes the charset strictly. Knows no XML but the encoding
 *  that an XML declaration names. */
import { gunzipSync } from "node:zlib";

interface BodyForm {
  readonly contentEncoding: string | undefined;
  readonly contentType: string | undefined;
  /** The most bytes the inflated body may have. */
  readonly maxBytes: number;
}

/** A body that has no text. */
export class BodyError extends Error {
  override readonly name = "BodyError";

  constructor(
    /** What it is instead: "a body that …". */
    message: string,
    /** True where the next answer may well be whole. */
    readonly retryable = false,
  ) {
    super(message);
  }
}

/** Kept, for making one costs more than a whole answer's decoding. */
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** @throws BodyError for too many bytes, a damaged or unasked-for compression, an unknown charset, bytes that are not of it. */
export function bodyText(bytes: Buffer, { contentEncoding, contentType, maxBytes }: BodyForm): string {
  const plain = isGzip(contentEncoding) ? inflate(bytes, maxBytes) : bytes;
  const label = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType ?? "")?.[1] ?? declaredEncoding(plain) ?? "utf-8";
  const charset = label.toLowerCase();
  if (oneByteCharsets.has(charset)) return windows1252(plain);
  try {
    const decoder = charset === "utf-8" ? utf8 : new TextDecoder(charset, { fatal: true });
    return decoder.decode(plain);
  } catch (error) {
    throw new BodyError(error instanceof RangeError ? "a body in an unknown charset" : "a body that is not text of its charset");
  }
}

function isGzip(contentEncoding: string | undefined): boolean {
  const encoding = contentEncoding?.trim().toLowerCase() ?? "";
  if (encoding === "gzip" || encoding === "x-gzip") return true;
  if (encoding === "" || encoding === "identity") return false;
  throw new BodyError("a body in a compression that was not asked for");
}

/** In this thread, for the cap bounds it to a few milliseconds and never inflates more of a bomb. */
function inflate(bytes: Buffer, maxBytes: number): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw new BodyError("a body whose compression is damaged", true);
  }
}

export function tooLarge(): BodyError {
  return new BodyError("a body that is too large");
}

/** The encoding named in the XML declaration, which stands within the first bytes and is ASCII in every charset we read. */
function declaredEncoding(bytes: Buffer): string | undefined {
  return /^(?:\xef\xbb\xbf)?\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/.exec(bytes.toString("latin1", 0, 200))?.[1];
}

/** What the Encoding Standard reads as windows-1252. Node's own decoder gives control characters for 0x80 to 0x9f (seen on 20). */
const oneByteCharsets = new Set(["windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii"]);

// 0x80 to 0x9f; the five bytes without a character stay the control characters they are in Latin-1.
const fromX80 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

function windows1252(bytes: Buffer): string {
  return bytes.toString("latin1").replace(/[\x80-\x9f]/g, (character) => fromX80.charAt(character.charCodeAt(0) - 0x80));
}
