/** `npm run docs`: runs all examples, makes the pages, and checks every link. The site is then in docs/site/dist. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import Eleventy from "@11ty/eleventy";
import { buildAssets, type Assets } from "./assets.js";
import { collectExamples } from "./examples/collect.js";
import { examplePages } from "./examples/pages.js";
import { runExamples } from "./examples/run.js";
import { checkLinks, headingsIn, served, writeSearchIndex, type BuiltPage } from "./finish.js";
import { navigationOf, topLinks, type Navigation } from "./pages/navigation.js";
import { breakable, markdownToHtml } from "./pages/markdown.js";
import type { Page } from "./pages/page.js";
import { decisions, markdownPages } from "./pages/plan.js";
import { addressOf, base, built, root } from "./place.js";
import { reference } from "./reference/reference.js";

const files = new Set<string>(served);

/** @param file Relative to the root. @returns Its address. */
function publish(file: string): string {
  const address = addressOf(`assets/${basename(file)}`);
  const target = join(built, "assets", basename(file));
  if (!files.has(address) && existsSync(target)) throw new Error(`Two images are called ${basename(file)}.`);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(join(root, file), target);
  files.add(address);
  return address;
}

const decisionIndex: Page = {
  path: "decisions/",
  title: "Decisions",
  section: "decisions",
  html: `<h1>Decisions</h1>
<p>Why is it as it is? A record for each decision: its context, what was decided, and what else was possible.</p>
<ul>${decisions.map(({ path, title }) => `<li><a href="${addressOf(path)}">${title}</a></li>`).join("\n")}</ul>`,
};

async function main(): Promise<void> {
  rmSync(built, { recursive: true, force: true });
  const runs = await runExamples(collectExamples(markdownPages.map(({ file }) => file)));
  console.log(`${String(runs.length)} examples ran`);
  const assets = await buildAssets();
  for (const address of Object.values(assets)) files.add(address);
  files.add(addressOf("search.json"));
  const { pages: ofReference, groups } = reference(runs);
  const markdown = markdownPages.map(({ path, title, file }): Page => ({
    path,
    title,
    section: path.startsWith("decisions/") ? "decisions" : "guides",
    html: markdownToHtml(readFileSync(join(root, file), "utf8"), { file, runs, publish }),
  }));
  const navigation = navigationOf(groups, runs);
  const pages = [...markdown, decisionIndex, ...ofReference, ...examplePages(runs)];
  const written = await write(pages, { assets, base, navigation });
  console.log(`${String(written.length)} pages, ${String(checkLinks(written, files))} links lead somewhere`);
  console.log(`${String(writeSearchIndex(written))} entries can be searched`);
}

interface Frame {
  readonly assets: Assets;
  readonly base: string;
  readonly navigation: Navigation;
}

/** Eleventy puts the pages into their frame, theme/page.njk, and writes them. */
async function write(pages: readonly Page[], { navigation, ...frame }: Frame): Promise<readonly BuiltPage[]> {
  const config: ConstructorParameters<typeof Eleventy>[2]["config"] = (eleventy) => {
    eleventy.setTemplateFormats(["html"]);
    eleventy.setUseGitIgnore(false);
    eleventy.addFilter("headings", headingsIn);
    eleventy.addFilter("breakable", breakable);
    eleventy.addTemplate("_includes/page.njk", readFileSync(join(import.meta.dirname, "theme/page.njk"), "utf8"));
    for (const { path, html, ...page } of pages) {
      eleventy.addTemplate(`${path}index.html`, html, {
        ...{ ...page, ...frame, links: topLinks, navigation: navigation[page.section], address: addressOf(path) },
        layout: "page.njk",
        permalink: `${path}index.html`,
        // The text is HTML, whatever braces are in it.
        templateEngineOverride: "html",
      });
    }
  };
  const eleventy = new Eleventy(join(import.meta.dirname, "theme"), built, { quietMode: true, configPath: false, config });
  const [, written] = await eleventy.executeBuild();
  return written.map(({ url, content }) => ({ url: addressOf(url.slice(1)), content }));
}

await main();
