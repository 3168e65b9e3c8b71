/** A page at an origin of its own plays a clip, in a real Chromium. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openChromium, skipNote, withoutChromium, type Browser } from "../../test/integration/browser/chromium.js";
import { startFacade, type Facade } from "../../test/support/facade.js";

let facade: Facade;
let page: Server;
let browser: Browser;

beforeAll(async () => {
  if (withoutChromium) return;
  facade = await startFacade({ demo: { user: { key: "demo-token", secret: "demo-token-secret" }, returnsHere: true } });
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "clip-player.ts")],
    bundle: true,
    format: "iife",
    globalName: "player",
    write: false,
  });
  const script = `${outputFiles[0]?.text ?? ""}
    const audio = document.querySelector("audio");
    document.querySelector("button").onclick = () => player.playClip({ url: ${JSON.stringify(facade.url)} }, "track:12345:1302", audio);`;
  const html = `<!doctype html><title>Shop</title><link rel="icon" href="data:,"><button>Play</button><audio crossorigin></audio><script>${script}</script>`;
  page = createServer((_request, response) => response.setHeader("Content-Type", "text/html").end(html));
  await new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve));
  browser = await openChromium();
});
afterAll(async () => {
  if (withoutChromium) return;
  await browser.close();
  page.close();
  await facade.close();
});

it.skipIf(withoutChromium)(`a press on play plays the clip to its end ${skipNote}`, async () => {
  await browser.page.goto(`http://127.0.0.1:${String((page.address() as AddressInfo).port)}/`);
  expect(await browser.page.evaluate(() => document.querySelector("audio")?.src)).toBe("");
  await browser.page.click("button");
  await browser.page.waitForFunction(() => document.querySelector("audio")?.ended);
  expect(await browser.page.evaluate(() => document.querySelector("audio")?.duration)).toBe(2);
  expect(browser.complaints).toEqual([]);
});
