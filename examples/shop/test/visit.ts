/** What a test does in the shop, and what that costs. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page, Request } from "playwright-core";
import { expect } from "vitest";
import { bearerOf, demoUser } from "../../../test/support/sign-in.js";
import type { Stage } from "./stage";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Of the users of the sandbox's cheat sheet. */
export const users = { demo: demoUser, expiredCard: 1_000_002, noCard: 1_000_003, declinedCard: 1_000_004 } as const;

/** A guest again, at the shop's basket, which asks for nothing. */
export async function signOut({ page, origin }: Stage): Promise<void> {
  await page.goto(`${origin}/basket`);
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
  });
}

/** As after signing in on 7digital's page, which one test does. */
export async function signIn(stage: Stage, userId: number = users.demo): Promise<void> {
  await signOut(stage);
  const { authorization } = await bearerOf(stage.facade, userId);
  const accessToken = authorization.replace("Bearer ", "");
  await stage.page.evaluate((token) => localStorage.setItem("sleeve.session", JSON.stringify({ accessToken: token })), accessToken);
}

export interface Cost {
  /** Names of the operations. */
  readonly requests: readonly string[];
  /** Methods of 7digital. */
  readonly calls: readonly string[];
}

export async function costOf({ page, facade }: Stage, act: () => Promise<unknown>): Promise<Cost> {
  const requests: string[] = [];
  const note = (request: Request): void => {
    if (isGraphql(request)) requests.push(operationOf(request).operationName);
  };
  await quiet(page);
  facade.calls();
  page.on("request", note);
  await act();
  await quiet(page);
  page.off("request", note);
  // Pages and images of 7digital are no calls.
  return {
    requests,
    calls: facade
      .calls()
      .filter((method) => !method.startsWith("/"))
      .sort(),
  };
}

/** Resolves when the page waits for no operation. */
async function quiet(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await expect.poll(() => underWay(page), { timeout: 10_000 }).toBe(0);
}

const operations = new WeakMap<Page, Set<Request>>();

/** Begins to count the operations that a page waits for. */
export function watch(page: Page): void {
  const waiting = new Set<Request>();
  operations.set(page, waiting);
  page.on("request", (request) => {
    if (isGraphql(request)) waiting.add(request);
  });
  page.on("requestfinished", (request) => waiting.delete(request));
  page.on("requestfailed", (request) => waiting.delete(request));
}

function underWay(page: Page): number {
  return operations.get(page)?.size ?? 0;
}

export function isGraphql(request: Request): boolean {
  return new URL(request.url()).pathname === "/graphql";
}

interface Operation {
  readonly operationName: string;
  readonly variables?: { readonly input?: { readonly idempotencyKey?: string; readonly acknowledgeUnknown?: boolean } };
}

export function operationOf(request: Request): Operation {
  return JSON.parse(request.postData() ?? "") as Operation;
}

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/** What axe complains of, in both colour schemes. */
export async function violationsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run());
    found.push(...violations.map(({ id, nodes }) => `${colorScheme}: ${id} at ${nodes.map(({ html }) => html).join(", ")}`));
  }
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}
