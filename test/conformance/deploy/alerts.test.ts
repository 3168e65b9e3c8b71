/** Every alert has a page that says what to do, and tests of when it fires and when it does not. `npm run deploy:check` runs those. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root, textOf } from "../../../scripts/deploy/files.js";
import { alertCases, alerts } from "../../../scripts/deploy/rules.js";

const pages = readdirSync(join(root, "docs/runbooks")).filter((name) => name !== "README.md");

describe("every alert", () => {
  it.each(alerts())("$alert", ({ alert, labels, annotations }) => {
    expect(annotations["runbook_url"]).toBe(`docs/runbooks/${alert}.md`);
    expect(annotations["summary"]).toMatch(/\.$/);
    expect(labels["severity"]).toMatch(/^(?:critical|warning)$/);
    const page = textOf(`docs/runbooks/${alert}.md`);
    expect(page.split("\n")[0]).toBe(`# ${alert}`);
    for (const section of ["## What it means", "## What to check", "## What to do"]) expect(page).toContain(`\n${section}\n`);
    const cases = alertCases().filter(({ alertname }) => alertname === alert);
    expect(
      cases.some(({ exp_alerts }) => exp_alerts.length > 0),
      "it fires",
    ).toBe(true);
    expect(
      cases.some(({ exp_alerts }) => exp_alerts.length === 0),
      "it is silent",
    ).toBe(true);
  });

  it("has a name of its own", () => {
    const names = alerts().map(({ alert }) => alert);
    expect(names.length).toBeGreaterThan(10);
    expect(new Set(names).size).toBe(names.length);
  });
});

it("every page is an alert's, and the list of pages has it", () => {
  expect(pages.map((name) => name.replace(/\.md$/, "")).sort()).toEqual(
    alerts()
      .map(({ alert }) => alert)
      .sort(),
  );
  const list = textOf("docs/runbooks/README.md");
  expect(pages.filter((name) => !list.includes(`(${name})`))).toEqual([]);
});
