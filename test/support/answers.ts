/** Answers of 7digital's that the sandbox gives instead of its own. */
import type { Facade } from "./facade.js";

/** A whole answer that says ok. */
function okXml(content: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><response status="ok" version="1.2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${content}</response>`;
}

/** Lets every call of a method be answered with this content, until the function that it gives is called. */
export function answerWith({ sandbox }: Pick<Facade, "sandbox">, method: string, content: string): () => void {
  const headers = { "cache-control": "no-store" };
  return sandbox.faults.add({
    method,
    fault: { kind: "status", status: 200, body: okXml(content), contentType: "text/xml; charset=utf-8", headers },
  });
}
