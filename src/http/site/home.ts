/** The page at "/": what this server is, and where to go. */
import { escapeHtml, type Page } from "./page.js";

export interface HomeOptions {
  readonly graphqlPath: string;
  /** Of the embedded sandbox, e.g. "http://127.0.0.1:7700"; undefined without it. */
  readonly sandboxOrigin: string | undefined;
  /** Whether the documentation site is built. */
  readonly hasDocs: boolean;
}

interface Entry {
  readonly href: string;
  readonly name: string;
  readonly about: string;
}

const docsEntry: Entry = {
  href: "/docs/",
  name: "Documentation",
  about: "Reference of all types, examples with their responses and costs, guides, and a search.",
};

export function homePage({ graphqlPath, sandboxOrigin, hasDocs }: HomeOptions): Page {
  const source =
    sandboxOrigin === undefined
      ? "It answers from the real API."
      : "It answers from an embedded sandbox: a made-up catalogue and made-up users, all on this computer. Nothing is real, and nothing costs money.";
  const entries: readonly Entry[] = [
    { href: graphqlPath, name: "GraphiQL", about: "Try it in the browser. Its first tab says where to start." },
    ...(sandboxOrigin === undefined ? [] : sandboxEntries(sandboxOrigin)),
    ...(hasDocs ? [docsEntry] : []),
    { href: "/guides/clients", name: "Guide for clients", about: "Typed documents, caches, errors, signing in and buying." },
    { href: "/guides", name: "All guides", about: "Overview, clients, the sandbox, operating it, and what changed." },
    { href: "/schema.graphql", name: "Schema", about: "The whole graph in GraphQL's schema language, for code generators and editors." },
    { href: "/ready", name: "Readiness", about: "Whether it can answer now, as JSON." },
    { href: "/health", name: "Health", about: "An empty page while the server is alive." },
  ];
  const example = `curl '{this address}${graphqlPath}' -H 'Content-Type: application/json' \\
  -d '{"query": "{ artist(id: \\"1\\") { name } }"}'`;
  const content = `<h1>7digital GraphQL</h1>
<p>One GraphQL graph over the 7digital music API: artists, releases, tracks, charts, search, baskets, purchases and lockers. ${source}</p>
<dl>
${entries.map(entryHtml).join("\n")}
</dl>
<h2>From a program</h2>
<p>Send operations by POST to <code>${escapeHtml(graphqlPath)}</code>:</p>
<pre tabindex="0"><code>${escapeHtml(example)}</code></pre>`;
  return { title: "Start", content };
}

function sandboxEntries(origin: string): readonly Entry[] {
  return [
    {
      href: `${origin}/cheat-sheet`,
      name: "Cheat sheet of the sandbox",
      about: "Users, vouchers, test cards, and items that misbehave on purpose.",
    },
  ];
}

function entryHtml({ href, name, about }: Entry): string {
  return `<dt><a href="${escapeHtml(href)}">${escapeHtml(name)}</a></dt>\n<dd>${escapeHtml(about)}</dd>`;
}
