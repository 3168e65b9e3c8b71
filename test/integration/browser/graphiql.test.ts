import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Page, Response } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ExampleOperation, readOperations } from "../../../src/http/graphiql/example-operations.js";
import { type Facade, startFacade } from "../../support/facade.js";
import { openChromium, skipNote, withoutChromium, type Browser } from "./chromium.js";

const repository = resolve(import.meta.dirname, "../../..");

describe.skipIf(withoutChromium)(`GraphiQL in Chromium ${skipNote}`, () => {
  let facade: Facade;
  let operations: readonly ExampleOperation[];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    facade = await startFacade({ demo: { user: { key: "demo-token", secret: "demo-token-secret" }, returnsHere: true } });
    operations = readOperations(join(repository, "schema/operations"));
    browser = await openChromium();
    page = browser.page;
    await page.goto(facade.url);
    await page.waitForSelector(".graphiql-execute-button");
  });

  afterAll(async () => {
    await browser.close();
    await facade.close();
  });

  /** Tabs can be dragged, and a click that comes while they still glide into place is lost on them: click until it counts. */
  async function select(index: number): Promise<void> {
    const selected = page.locator(`[role="tab"][aria-selected="true"] > #graphiql-session-tab-${index}`);
    const clicked = async () => {
      await page.click(`#graphiql-session-tab-${index}`);
      return selected.count();
    };
    await expect.poll(clicked, { interval: 300, timeout: 20_000 }).toBe(1);
  }

  /** GraphiQL learns a little late which operation the tab holds and until then refuses to run it: press until it does. */
  async function press(name: string): Promise<Response> {
    const answered = (response: Response) => (response.request().postData() ?? "").includes(`"operationName":"${name}"`);
    for (let tries = 1; ; tries++) {
      const answer = page.waitForResponse(answered, { timeout: 3_000 }).catch((error: unknown) => {
        if (tries === 5) throw error;
      });
      await page.click(".graphiql-execute-button");
      const response = await answer;
      if (response) return response;
    }
  }

  /** Selects the tab, runs its operation, and gives the answer once the result pane shows it. */
  async function run(index: number, name: string): Promise<{ readonly data?: Record<string, unknown> | null; readonly errors?: unknown }> {
    await select(index);
    const body = (await (await press(name)).json()) as { data?: Record<string, unknown> | null; errors?: unknown };
    await page.locator(".result-window .view-lines", { hasText: '"data"' }).waitFor();
    return body;
  }

  it("opens with a tab for every example, named by its operation", async () => {
    expect(await page.title()).toBe("7digital GraphQL");
    expect(operations.length).toBeGreaterThan(0);
    expect(await page.locator('[role="tab"]').allInnerTexts()).toEqual(operations.map(({ name }) => name));
  });

  it("runs every example and shows its data, without an error", { timeout: 90_000 }, async () => {
    for (const [index, { name }] of operations.entries()) {
      const { data, errors } = await run(index, name);
      expect(errors, name).toBeUndefined();
      expect(Object.values(data ?? {}), `${name} has data`).not.toHaveLength(0);
      expect(Object.values(data ?? {}), `${name} has no null at its root`).not.toContain(null);
      expect(await page.locator(".result-window").innerText(), `${name} is shown`).not.toContain('"errors"');
    }
    await select(0);
    await mkdir(join(repository, "test-results"), { recursive: true });
    await page.screenshot({ path: join(repository, "test-results/graphiql.png") });
  });

  it("opens with the same tabs and their headers when the visitor comes back", async () => {
    await select(0);
    const kept = () => page.evaluate(() => [localStorage.getItem("graphiql:query"), localStorage.getItem("graphiql:headers") ?? ""]);
    // GraphiQL writes a little late, and would take what it finds half written for one more tab.
    await expect.poll(kept).toEqual([operations[0]?.query, ""]);
    await page.reload();
    await page.waitForSelector(".graphiql-execute-button");
    expect(await page.locator('[role="tab"]').allInnerTexts()).toEqual(operations.map(({ name }) => name));
    const index = operations.findIndex(({ needsUser }) => needsUser);
    await select(index);
    const answer = await press(operations[index]?.name ?? "");
    expect(answer.request().headers()["authorization"]).toMatch(/^Bearer /);
  });

  it("shows the schema's documentation", async () => {
    await page.click('[aria-label="Show Documentation Explorer"]');
    await page.waitForSelector(".graphiql-doc-explorer-content");
    await expect.poll(() => page.locator(".graphiql-doc-explorer-content").innerText()).toContain("Query");
  });

  it("asks no other host for anything, and breaks no rule of its own policy", () => {
    expect(browser.foreign).toEqual([]);
    expect(browser.complaints).toEqual([]);
  });
});
