/** The guides of this repository as pages, for someone who has only the server. */
import { posix } from "node:path";
import { Marked, type MarkedExtension } from "marked";
import type { ReadInstalled } from "../installed-files.js";
import { escapeHtml, type Page } from "./page.js";

export interface Guide {
  /** Last part of its path. */
  readonly name: string;
  readonly file: string;
  readonly title: string;
  readonly about: string;
}

export const guidesPath = "/guides";

export const guides: readonly Guide[] = [
  {
    name: "overview",
    file: "README.md",
    title: "Overview",
    about: "What it does, error codes, stores, authentication, buying and limits.",
  },
  { name: "clients", file: "docs/clients.md", title: "Clients", about: "How to write a front end, step by step." },
  { name: "apollo", file: "docs/apollo.md", title: "Apollo Client", about: "A configuration whose cache is right, and its parts." },
  { name: "urql", file: "docs/urql.md", title: "urql", about: "The same for urql and graphcache." },
  { name: "relay", file: "docs/relay.md", title: "Relay", about: "Compiler, network, persisted operations and pages." },
  { name: "federation", file: "docs/federation.md", title: "Federation", about: "The API as a subgraph of your company's graph." },
  { name: "stitching", file: "docs/stitching.md", title: "Stitching", about: "The API as a subschema of a stitched schema." },
  {
    name: "embedding",
    file: "docs/embedding.md",
    title: "Embedding",
    about: "The API within your own Node server, and the sandbox in your tests.",
  },
  { name: "agents", file: "docs/agents.md", title: "Agents", about: "Operations as tools of the Model Context Protocol." },
  { name: "rest-client", file: "docs/rest-client.md", title: "REST client", about: "7digital's own API in Node, without GraphQL." },
  { name: "sandbox", file: "docs/sandbox.md", title: "The sandbox", about: "What the offline 7digital API does, and how to make it fail." },
  {
    name: "operations",
    file: "docs/operations.md",
    title: "Operating it",
    about: "Settings, logs, metrics, traces, records and stopping.",
  },
  { name: "changes", file: "CHANGELOG.md", title: "Changes", about: "What changed in each version." },
  { name: "deprecation", file: "docs/deprecation.md", title: "Deprecation", about: "How long a deprecated field stays." },
];

export function guideIndex(): Page {
  const entries = guides.map(
    ({ name, title, about }) => `<dt><a href="${guidesPath}/${name}">${escapeHtml(title)}</a></dt>\n<dd>${escapeHtml(about)}</dd>`,
  );
  return { title: "Guides", content: `<h1>Guides</h1>\n<dl>\n${entries.join("\n")}\n</dl>` };
}

export function guidePage({ file, title }: Guide, read: ReadInstalled): Page {
  const marked = new Marked({ gfm: true }, extension(file));
  return { title, content: marked.parse(read(file), { async: false }) };
}

/** A table or a block of code that is too wide can be scrolled, with the keyboard too. */
function extension(file: string): MarkedExtension {
  return {
    renderer: {
      heading({ tokens, depth, text }) {
        return `<h${depth} id="${slugOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const target = targetOf(href, file);
        return target === undefined ? text : `<a href="${escapeHtml(target)}">${text}</a>`;
      },
      image: () => "",
      code: ({ text, lang }) => (lang === "mermaid" ? "" : `<pre tabindex="0"><code>${escapeHtml(text)}</code></pre>\n`),
    },
    hooks: {
      postprocess: (html) =>
        html
          .replaceAll("<table>", `<div class="scroll" role="group" aria-label="Table" tabindex="0"><table>`)
          .replaceAll("</table>", "</table></div>"),
    },
  };
}

/** The anchor that GitHub gives a heading. */
function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(" ", "-");
}

/** @returns Where a link of the file leads here. Undefined if this server does not have what it leads to. */
function targetOf(href: string, file: string): string | undefined {
  if (/^(https?:|#)/.test(href)) return href;
  const [path = "", fragment] = href.split("#");
  const target = posix.join(posix.dirname(file), path);
  if (target === "schema/schema.graphql") return "/schema.graphql";
  const guide = guides.find((one) => one.file === target);
  if (guide === undefined) return undefined;
  return `${guidesPath}/${guide.name}${fragment === undefined ? "" : `#${fragment}`}`;
}
