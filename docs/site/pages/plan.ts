/** Which Markdown files are pages, for which reader, and under which address. Their text stays where it is. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../place.js";

export interface PageSource {
  /** Below the base, with a slash at its end; empty for the start page. */
  readonly path: string;
  /** In the navigation. */
  readonly title: string;
  /** Relative to the root. */
  readonly file: string;
}

interface Section {
  readonly title: string;
  readonly pages: readonly PageSource[];
}

const guide = (path: string, title: string, file: string): PageSource => ({ path: `${path}/`, title, file });

/** A reader's entry page, which leads to the others. */
const entry = (name: string, title = "Where to start"): PageSource => guide(name, title, `docs/site/guides/${name}.md`);

/** Of all Markdown files of a folder below docs, in the order of their names; named after their headings. */
const pagesIn = (folder: string): readonly PageSource[] =>
  readdirSync(join(root, "docs", folder))
    .filter((name) => name.endsWith(".md") && name !== "README.md")
    .sort()
    .map((name) => {
      const file = `docs/${folder}/${name}`;
      const title = /^# (.+)$/m.exec(readFileSync(join(root, file), "utf8"))?.[1];
      if (title === undefined) throw new Error(`${file} has no heading.`);
      return guide(`${folder}/${name.replace(/\.md$/, "")}`, title, file);
    });

const start: PageSource = { path: "", title: "Start", file: "docs/site/guides/start.md" };

export const sections: readonly Section[] = [
  {
    title: "About",
    pages: [start, guide("overview", "Overview", "README.md"), guide("changes", "Changes", "CHANGELOG.md")],
  },
  {
    title: "Front end",
    pages: [
      entry("front-end"),
      guide("clients", "Guide for clients", "docs/clients.md"),
      guide("apollo", "Apollo Client", "docs/apollo.md"),
      guide("urql", "urql", "docs/urql.md"),
      guide("relay", "Relay", "docs/relay.md"),
      guide("shop", "Example shop", "examples/shop/README.md"),
      guide("examples-of-clients", "All example clients", "examples/README.md"),
      guide("deprecation", "Deprecation", "docs/deprecation.md"),
    ],
  },
  {
    title: "Platform",
    pages: [
      entry("platform"),
      guide("federation", "Federation", "docs/federation.md"),
      guide("stitching", "Stitching", "docs/stitching.md"),
      guide("embedding", "Embedding", "docs/embedding.md"),
      guide("agents", "Agents", "docs/agents.md"),
      guide("rest-client", "REST client", "docs/rest-client.md"),
    ],
  },
  {
    title: "Operator",
    pages: [
      entry("operator"),
      guide("deployment", "Deploying it", "docs/deployment.md"),
      guide("operations", "Operating it", "docs/operations.md"),
      guide("hardening", "Hardening it", "docs/hardening.md"),
      guide("scale", "Capacity", "docs/scale.md"),
      guide("bench", "Measurements", "docs/bench.md"),
    ],
  },
  { title: "Runbooks", pages: [guide("runbooks", "All alerts", "docs/runbooks/README.md"), ...pagesIn("runbooks")] },
  { title: "Sandbox", pages: [entry("sandbox-user"), guide("sandbox", "What the sandbox does", "docs/sandbox.md")] },
  {
    title: "Contributor",
    pages: [
      entry("contributor"),
      guide("contributing", "Recipes", "docs/contributing.md"),
      guide("tests", "Tests", "test/README.md"),
      guide("coverage", "Coverage of 7digital's API", "docs/coverage.md"),
    ],
  },
];

/** In the order of their numbers. */
export const decisions: readonly PageSource[] = pagesIn("decisions");

export const markdownPages: readonly PageSource[] = [...sections.flatMap(({ pages }) => pages), ...decisions];
