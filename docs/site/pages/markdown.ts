/** Markdown to HTML that needs no script, no style attribute, and scrolls what is too wide by keyboard too. */
import { posix } from "node:path";
import GithubSlugger from "github-slugger";
import hljs from "highlight.js";
import { Marked, type RendererObject } from "marked";
import type { ExampleRun } from "../examples/example.js";
import { addressOf } from "../place.js";
import { targetOf } from "./links.js";

interface Surroundings {
  /** Relative to the root. */
  readonly file: string;
  readonly runs: readonly ExampleRun[];
  /** Takes an image of the page, relative to the root. @returns Its address. */
  readonly publish: (image: string) => string;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

/** The text as HTML. Names like releaseChart may be broken between their parts, but PostgreSQL is one word. */
export function breakable(text: string): string {
  return escapeHtml(text).replace(/(?<=[a-z])(?=[A-Z][a-z])/g, "<wbr>");
}

/** @param language Unknown ones are not coloured. */
export function codeBlock(text: string, language: string): string {
  const known = hljs.getLanguage(language === "tsx" ? "ts" : language) !== undefined;
  const html = known ? hljs.highlight(text, { language: language === "tsx" ? "ts" : language }).value : escapeHtml(text);
  return `<pre tabindex="0"><code>${html}</code></pre>\n`;
}

/** A description of the schema. */
export function inlineHtml(text: string): string {
  return new Marked({ gfm: true }).parseInline(text, { async: false });
}

export function markdownToHtml(text: string, surroundings: Surroundings): string {
  const html = new Marked({ gfm: true }, { renderer: renderer(surroundings) }).parse(text, { async: false });
  return html
    .replaceAll("<table>", `<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>`)
    .replaceAll("</table>", "</table></div>");
}

function renderer({ file, runs, publish }: Surroundings): RendererObject {
  // The anchors that GitHub gives headings, so that links of the files are right here as there.
  const slugger = new GithubSlugger();
  return {
    heading({ tokens, depth, text }) {
      const id = slugger.slug(text.replaceAll("`", ""));
      return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      const target = targetOf(href, file);
      return target === undefined ? text : `<a href="${escapeHtml(target)}">${text}</a>`;
    },
    image: ({ href, text }) => `<img src="${publish(posix.join(posix.dirname(file), href))}" alt="${escapeHtml(text)}" loading="lazy">`,
    code({ text, lang = "" }) {
      if (lang === "mermaid") return "";
      const ran = runs.filter((run) => run.file === file && text.includes(run.text));
      const curl = runs.filter((run) => run.file === file && lang === "sh" && text.includes(JSON.stringify(run.text).slice(1, -1)));
      return codeBlock(text, lang) + [...ran, ...curl].map(seeResponse).join("");
    },
    // An empty cell is no heading.
    tablecell({ header, align, tokens }) {
      const text = this.parser.parseInline(tokens);
      const tag = header && text !== "" ? "th" : "td";
      return `<${tag}${align === null ? "" : ` align="${align}"`}>${text}</${tag}>\n`;
    },
    // Comments for our own scripts.
    html: () => "",
  };
}

function seeResponse({ id }: ExampleRun): string {
  return `<p class="ran"><a href="${addressOf(`examples/${id}/`)}">Response and cost of this operation</a></p>\n`;
}
