/** A document that `xml.ts` does not read: not well-formed, beyond a limit, or with a document type. The message holds no text of it. */
export class XmlError extends Error {
  override readonly name = "XmlError";
}
