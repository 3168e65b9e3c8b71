/** The pages of the examples: what was sent, what came back, and what it cost. */
import { addressOf } from "../place.js";
import type { Page } from "../pages/page.js";
import { codeBlock, escapeHtml } from "../pages/markdown.js";
import type { ExampleRun } from "./example.js";

export function examplePages(runs: readonly ExampleRun[]): readonly Page[] {
  return [indexPage(runs), ...runs.map(examplePage)];
}

export const callsOf = ({ calls }: ExampleRun): number => [...calls.values()].reduce((sum, count) => sum + count, 0);

function indexPage(runs: readonly ExampleRun[]): Page {
  const groups = [...new Set(runs.map(({ group }) => group))];
  const tables = groups.map((group) => {
    const rows = runs
      .filter((run) => run.group === group)
      .map((run) => `<tr><td><a href="${addressOf(`examples/${run.id}/`)}">${escapeHtml(run.title)}</a></td><td>${callsOf(run)}</td></tr>`);
    return `<h2 id="${group.toLowerCase().replaceAll(" ", "-")}">${group}</h2>
<div class="scroll" role="group" aria-label="${group}" tabindex="0"><table><thead><tr><th>example</th><th>calls to 7digital</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>`;
  });
  return {
    path: "examples/",
    title: "Examples",
    section: "examples",
    html: `<h1>Examples</h1>
<p>What does an operation return, and what does it cost? Each of these ${runs.length} operations ran against the sandbox when this site was built.
Each began with an empty cache: a repeated request costs less, often nothing.</p>
${tables.join("\n")}`,
  };
}

function examplePage(run: ExampleRun): Page {
  const { id, title, file, document, variables, asUser, response } = run;
  const sent = Object.keys(variables).length === 0 ? "" : `<h2 id="variables">Variables</h2>\n${jsonBlock(variables)}`;
  return {
    path: `examples/${id}/`,
    title,
    section: "examples",
    html: `<h1>${escapeHtml(title)}</h1>
<p>From <code>${escapeHtml(file)}</code>.${asUser ? " Sent with the access token of a user." : ""}</p>
${codeBlock(document, "graphql")}
${sent}
<h2 id="cost">Cost</h2>
${costHtml(run)}
<h2 id="response">Response</h2>
<p>Lists are shown up to their third item, long texts up to 80 characters.</p>
${jsonBlock({ data: response })}`,
  };
}

function costHtml(run: ExampleRun): string {
  const total = callsOf(run);
  if (total === 0) return "<p>No call to 7digital.</p>";
  const items = [...run.calls].map(([method, count]) => `<li><code>${escapeHtml(method)}</code>: ${count}</li>`);
  return `<p>${total} ${total === 1 ? "call" : "calls"} to 7digital, with an empty cache:</p>\n<ul>${items.join("\n")}</ul>`;
}

function jsonBlock(value: object): string {
  return codeBlock(JSON.stringify(shortened(value), null, 2).replace(/"(… \d+ more)"/g, "$1"), "json");
}

function shortened(value: unknown): unknown {
  if (typeof value === "string") return value.length > 80 ? `${value.slice(0, 80)}…` : value;
  if (Array.isArray(value)) {
    const shown = value.slice(0, 3).map(shortened);
    return value.length > 3 ? [...shown, `… ${String(value.length - 3)} more`] : shown;
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, shortened(field)]));
}
