/** What can be done only with all pages: checking their links, and the index of the search. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { decodeHTML } from "entities";
import MiniSearch from "minisearch";
import { base, built } from "./place.js";
import { indexOptions, type Entry } from "./search-index.js";

export interface BuiltPage {
  /** Its address. */
  readonly url: string;
  readonly content: string;
}

/** @param files Addresses of other files. @throws Error that lists every link and every address of an asset that leads nowhere. */
export function checkLinks(pages: readonly BuiltPage[], files: ReadonlySet<string>): number {
  const anchors = new Map(pages.map(({ url, content }) => [url, new Set([...content.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))]));
  const problems: string[] = [];
  let links = 0;
  for (const { url, content } of pages) {
    for (const [, quoted = ""] of content.matchAll(/ (?:href|src|data-index)="([^"]*)"/g)) {
      const href = decodeHTML(quoted);
      if (/^https?:/.test(href)) continue;
      links += 1;
      const [path = "", fragment] = href.split("#");
      const target = path === "" ? url : path;
      const known = anchors.get(target);
      if (known === undefined && !files.has(target)) problems.push(`${url} links to ${href}: there is no such page`);
      else if (fragment !== undefined && !known?.has(fragment)) problems.push(`${url} links to ${href}: there is no such anchor`);
    }
  }
  if (problems.length > 0) throw new Error(`Links lead nowhere:\n${problems.join("\n")}`);
  return links;
}

/** @returns How many entries it has. */
export function writeSearchIndex(pages: readonly BuiltPage[]): number {
  const index = new MiniSearch(indexOptions);
  const entries = pages.flatMap(entriesOf);
  index.addAll(entries);
  writeFileSync(join(built, "search.json"), JSON.stringify(index));
  return entries.length;
}

/** Parts of the reference that only lead elsewhere. */
const onlyLinks: ReadonlySet<string> = new Set(["used-by", "examples"]);

/** One for each heading that has an anchor, and one for the page. */
function entriesOf({ url, content }: BuiltPage): readonly Entry[] {
  const main = /<main[^>]*>([\s\S]*)<\/main>/.exec(content)?.[1] ?? "";
  const title = textOf(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(main)?.[1] ?? "");
  const [first = "", ...parts] = main.split(/(?=<h[23] id=")/);
  const entry = (id: string, heading: string, html: string): Entry => ({ id, heading, title, text: textOf(html) });
  return [
    entry(url, title, first),
    ...parts.flatMap((part) => {
      const [, id = "", heading = ""] = /^<h[23] id="([^"]+)">([\s\S]*?)<\/h[23]>/.exec(part) ?? [];
      return onlyLinks.has(id) ? [] : [entry(`${url}#${id}`, textOf(heading), part)];
    }),
  ];
}

function textOf(html: string): string {
  return decodeHTML(html.replace(/<[^>]+>/g, " "))
    .replace(/\s+/g, " ")
    .trim();
}

/** For the outline of a page. */
export function headingsIn(content: string): readonly { readonly id: string; readonly text: string; readonly level: number }[] {
  return [...content.matchAll(/<h([23]) id="([^"]+)">([\s\S]*?)<\/h\1>/g)].map(([, level, id = "", html = ""]) => ({
    id,
    text: textOf(html),
    level: Number(level),
  }));
}

/** Where the server has other things than this site. */
export const served: readonly string[] = ["/", "/graphql", "/guides", "/schema.graphql", base];
