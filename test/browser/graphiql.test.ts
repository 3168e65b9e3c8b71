import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type BrowserContext, chromium, type Page, type Response } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ExampleOperation, readOperations } from "../../src/server/operations.js";
import { type Facade, startFacade } from "../support/facade.js";

const repository = resolve(import.meta.dirname, "../..");
const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
/** CI_NO_SKIP=1 (set by .ci/run): a missing Chromium fails rather than skips. */
const skipped = !existsSync(executablePath) && process.env["CI_NO_SKIP"] !== "1";
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

describe.skipIf(skipped)(`GraphiQL in Chromium (skipped where there is none at ${executablePath}: set CHROMIUM)`, () => {
  let facade: Facade;
  let operations: readonly ExampleOperation[];
  let profile: string;
  let context: BrowserContext;
  let page: Page;
  const foreign: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    facade = await startFacade();
    operations = readOperations(join(repository, "schema/operations"));
    profile = await mkdtemp(join(tmpdir(), "graphiql-profile-"));
    context = await chromium.launchPersistentContext(profile, { executablePath, args: FLAGS, viewport: { width: 1440, height: 900 } });
    await context.route(
      ({ hostname }) => hostname !== "127.0.0.1",
      (route) => {
        foreign.push(route.request().url());
        return route.abort();
      },
    );
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.goto(facade.url);
    await page.waitForSelector(".graphiql-execute-button");
  });

  afterAll(async () => {
    await context.close();
    await facade.close();
    await rm(profile, { recursive: true, maxRetries: 3 });
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

  it("shows the schema's documentation", async () => {
    await page.click('[aria-label="Show Documentation Explorer"]');
    await page.waitForSelector(".graphiql-doc-explorer-content");
    await expect.poll(() => page.locator(".graphiql-doc-explorer-content").innerText()).toContain("Query");
  });

  it("asks no other host for anything, and breaks no rule of its own policy", () => {
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
