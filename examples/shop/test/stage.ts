/** The shop as it is built, the real server on the sandbox behind it, and a browser in front. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { preview, type PreviewServer } from "vite";
import { startFacade, type Facade } from "../../../test/support/facade.js";
import { watch } from "./visit";
import { openChromium, type Browser } from "../../../test/integration/browser/chromium.js";
import { freePort } from "../../../scripts/free-port.js";

const root = join(import.meta.dirname, "..");

export interface Stage {
  readonly origin: string;
  readonly facade: Facade;
  readonly browser: Browser;
  readonly page: Page;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  // The server has to know where the shop is before it starts, and the shop where the server is.
  const port = await freePort();
  const origin = `http://127.0.0.1:${String(port)}`;
  const facade = await startFacade({
    sandbox: { images: "sandbox" },
    environment: { RETURN_ORIGINS: origin, LIMIT_OPERATIONS_PER_MINUTE: "0", PURCHASE_SETTLE_MS: "0", PURCHASE_TIMEOUT_MS: "1000" },
  });
  const outDir = await mkdtemp(join(tmpdir(), "shop-"));
  const server = await serveBuilt(port, new URL(facade.url).origin, outDir);
  const browser = await openChromium();
  watch(browser.page);
  // Less than a test has, so that it says what it waited for.
  browser.page.setDefaultTimeout(10_000);
  return {
    origin,
    facade,
    browser,
    page: browser.page,
    async close() {
      await browser.close();
      await server.close();
      await facade.close();
      await rm(outDir, { recursive: true });
    },
  };
}

async function serveBuilt(port: number, graph: string, outDir: string): Promise<PreviewServer> {
  // Apart from the tests, whose environment is none of a production build.
  const vite = join(root, "../node_modules/vite/bin/vite.js");
  const environment = { ...process.env, NODE_ENV: "production" };
  await promisify(execFile)(process.execPath, [vite, "build", "--outDir", outDir, "--emptyOutDir"], { cwd: root, env: environment });
  return preview({
    root,
    logLevel: "warn",
    build: { outDir },
    preview: { host: "127.0.0.1", port, strictPort: true, proxy: { "/graphql": graph } },
  });
}
