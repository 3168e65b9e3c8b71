/** Reads example requests and the paths of their example answers out of the API document, where it is at hand. The document is
 *  no well-formed XML: "..." stands for what is left out, and some closing tags are missing with it. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface DocumentedAnswer {
  readonly request: string;
  readonly paths: readonly string[];
}

export function documentText(): string | undefined {
  const folder = process.env["SHARED_DIR"] ?? join(import.meta.dirname, "../../../../shared");
  const file = join(folder, "api/7digital-api-1.2.txt");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

const api = /(?<!POST |")https?:\/\/api\.7digital\.com\/1\.2\//g;

/** Each request line, with the answer printed below it; those without one have no paths. */
export function documentedAnswers(document: string): DocumentedAnswer[] {
  const found: DocumentedAnswer[] = [];
  for (const { 0: prefix, index } of document.matchAll(api)) {
    const line = document.slice(index + prefix.length, lineEnd(document, index));
    const request = line.split("Example response:")[0]?.trim() ?? "";
    if (!request.includes("?")) continue;
    const showsAnswer = line.endsWith("Example response:");
    found.push({ request, paths: showsAnswer ? pathsShown(answerBelow(document, index)) : [] });
  }
  return found;
}

function lineEnd(document: string, at: number): number {
  const end = document.indexOf("\n", at);
  return end < 0 ? document.length : end;
}

function answerBelow(document: string, at: number): string {
  const start = document.indexOf("<response", at);
  const end = document.indexOf("</response>", start);
  return document.slice(start, end);
}

/** Walks the tags one by one. A closing tag closes the nearest open element of its name, and with it what was left open inside. */
function pathsShown(answer: string): string[] {
  const paths = new Set<string>();
  let open: string[] = [];
  for (const part of answer.split("<").slice(1)) {
    const tag = part.slice(0, part.indexOf(">")).trim();
    const name = tag.replace(/^\//, "").split(/[\s/]/)[0] ?? "";
    if (tag.startsWith("/")) {
      open = open.slice(0, Math.max(open.lastIndexOf(name), 0));
      continue;
    }
    if (tag.startsWith("?")) continue;
    const path = [...open, name].join("/");
    paths.add(path);
    for (const [, attribute] of tag.matchAll(/\s([\w:]+)=/g)) paths.add(`${path}/@${attribute}`);
    if (!tag.endsWith("/")) open.push(name);
  }
  return [...paths];
}
