/** Where a link of a Markdown file leads on the site. */
import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { addressOf, root } from "../place.js";
import { markdownPages } from "./plan.js";

const pages = new Map(markdownPages.map(({ file, path }) => [file, addressOf(path)]));

/** Folders and files that are a page under another name. */
const others: ReadonlyMap<string, string> = new Map([
  ["docs/decisions", addressOf("decisions/")],
  ["schema/schema.graphql", addressOf("reference/")],
  ["schema/operations", addressOf("examples/")],
  ["docs/site", addressOf("decisions/0048-documentation-site/")],
  ["examples", addressOf("examples-of-clients/")],
  ["examples/shop", addressOf("shop/")],
]);

/** @param file That the link stands in, relative to the root. @returns Undefined where it leads to a file that is no page: the source is not
 *  on the site. @throws Error where there is no such file. */
export function targetOf(href: string, file: string): string | undefined {
  if (/^(?:https?:|#|\/)/.test(href)) return href;
  const [path = "", fragment] = href.split("#");
  const target = posix.join(posix.dirname(file), path).replace(/\/$/, "");
  const page = pages.get(target) ?? others.get(target);
  if (page !== undefined) return fragment === undefined ? page : `${page}#${fragment}`;
  if (!existsSync(join(root, target))) throw new Error(`${file} links to ${href}, which does not exist.`);
  return undefined;
}
