/** A real Chromium with a profile of its own, that reaches nothing but this machine. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
/** CI_NO_SKIP=1 (set by .ci/run): a missing Chromium fails rather than skips. */
export const withoutChromium = !existsSync(executablePath) && process.env["CI_NO_SKIP"] !== "1";
export const skipNote = `(skipped where there is no Chromium at ${executablePath}: set CHROMIUM)`;

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

export interface Browser {
  readonly page: Page;
  /** URLs elsewhere that a page asked for; none is answered. */
  readonly foreign: readonly string[];
  /** What pages complained of: errors, and breaches of their own policy. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

interface Window {
  readonly width?: number;
  readonly height?: number;
  readonly colorScheme?: "light" | "dark";
}

/** Each browser has a fresh profile: no storage, no cache, no cookies. */
export async function openChromium({ width = 1440, height = 900, colorScheme = "light" }: Window = {}): Promise<Browser> {
  const profile = await mkdtemp(join(tmpdir(), "chromium-profile-"));
  const viewport = { width, height };
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: FLAGS, viewport, colorScheme });
  const foreign: string[] = [];
  const complaints: string[] = [];
  await context.route(
    ({ hostname }) => hostname !== "127.0.0.1",
    (route) => {
      foreign.push(route.request().url());
      return route.abort();
    },
  );
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  return {
    page,
    foreign,
    complaints,
    async close() {
      await context.close();
      await rm(profile, { recursive: true, maxRetries: 3 });
    },
  };
}
