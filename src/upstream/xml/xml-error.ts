/** A document that is not well-formed, exceeds a limit or has a document type. The message holds no text of it. */
export class XmlError extends Error {
  override readonly name = "XmlError";
}
