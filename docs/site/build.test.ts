/** The build fails where it should: an example that fails, a link that leads nowhere. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Example } from "./examples/example.js";
import { collectExamples } from "./examples/collect.js";
import { runExamples } from "./examples/run.js";
import { checkLinks, type BuiltPage } from "./finish.js";
import { targetOf } from "./pages/links.js";
import { markdownToHtml } from "./pages/markdown.js";
import { markdownPages } from "./pages/plan.js";
import { root } from "./place.js";

const example = (document: string): Example => ({
  id: "one",
  title: "One",
  group: "Tests",
  file: "here",
  text: document,
  document,
});

describe("examples", () => {
  it("are run with their response, and the calls of a first request", async () => {
    const document = `{ artist(id: "1") { name topTracks(first: 2) { nodes { title } } } }`;
    const twice = [example(document), example(document)];
    for (const { response, calls } of await runExamples(twice)) {
      expect(response).toMatchObject({ artist: { name: "Keane" } });
      expect(Object.fromEntries(calls)).toEqual({ "artist/details": 1, "artist/toptracks": 1 });
    }
  });

  it.each([
    ["an error", `{ artist(id: "1") { nam } }`],
    ["null at its root", `{ artist(id: "999999999") { name } }`],
    ["a variable without a value", `query One($id: ID!) { artist(id: $id) { name } }`],
    ["a user error", `mutation { basketVoucherApply(input: { basketId: "basket:GB:x", code: "TEN-OFF" }) { userErrors { code } } }`],
  ])("fail the build by %s, with their file", async (_problem, document) => {
    await expect(runExamples([example(document)])).rejects.toThrow(/One of here failed/);
  });

  it("are found in files of operations, in Markdown, in curl commands and in front ends", () => {
    const found = collectExamples(["README.md", "docs/agents.md"]).map(({ id }) => id);
    expect(found).toEqual(
      expect.arrayContaining([
        "release-chart",
        "readme-buy",
        "readme-7digital-graphql",
        "agents-find-releases",
        "apollo-client-top-tracks",
      ]),
    );
  });
});

it("every file of docs is a page", () => {
  const files = readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md"));
  expect(files.length).toBeGreaterThan(10);
  expect(markdownPages.map(({ file }) => file)).toEqual(expect.arrayContaining(files.map((name) => `docs/${name}`)));
});

describe("links", () => {
  const page = (url: string, content: string): BuiltPage => ({ url, content });
  const check = (content: string): number => checkLinks([page("/docs/", content), page("/docs/b/", '<h2 id="here">')], new Set(["/x.png"]));

  it("lead to pages, anchors and files", () => {
    expect(check('<a href="/docs/b/#here"></a><a href="#me" id="me"></a><img src="/x.png"><a href="https://example.org"></a>')).toBe(3);
  });

  it.each(["/docs/nowhere/", "/docs/b", "/docs/b/#nowhere", "#nowhere", "/y.png"])("fail the build if they lead nowhere: %s", (href) => {
    expect(() => check(`<a href="${href}"></a>`)).toThrow(`/docs/ links to ${href}`);
  });

  it("of Markdown files lead to the pages of other files, and to nothing else", () => {
    expect(targetOf("../../README.md#errors", "docs/decisions/0001-vertical-slices.md")).toBe("/docs/overview/#errors");
    expect(targetOf("decisions", "docs/clients.md")).toBe("/docs/decisions/");
    expect(targetOf("../src/main.ts", "docs/clients.md")).toBeUndefined();
    expect(() => targetOf("nowhere.md", "docs/clients.md")).toThrow("docs/clients.md links to nowhere.md");
  });
});

describe("Markdown", () => {
  const html = (text: string): string => markdownToHtml(text, { file: "docs/clients.md", runs: [], publish: (image) => image });

  it("has the anchors of GitHub, and no style, script or comment", () => {
    expect(html("## `Null` and errors\n\n## Null and errors")).toContain('<h2 id="null-and-errors-1">');
    const page = html("| a | b |\n| --: | :-: |\n| 1 | 2 |\n\n<!-- for a script --><b onclick='x'>\n\n```graphql\n{ artist }\n```");
    expect(page).not.toMatch(/style=|<script|<!--|onclick/);
  });

  it("shows what is in code as text", () => {
    expect(html("```html\n<script>alert(1)</script>\n```\n\n`<b>`")).not.toMatch(/<script|<b>/);
  });
});
