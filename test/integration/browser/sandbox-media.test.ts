/** What a shop at another origin does with clips and images of the sandbox, in a real Chromium. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { openChromium, skipNote, withoutChromium, type Browser } from "./chromium.js";

let sandbox: Sandbox;
let shop: Server;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  if (withoutChromium) return;
  sandbox = await startSandbox();
  ({ origin } = new URL(sandbox.baseUrl));
  shop = createServer((_request, response) => response.setHeader("Content-Type", "text/html").end("<!doctype html><title>Shop</title>"));
  await new Promise<void>((resolve) => shop.listen(0, "127.0.0.1", resolve));
  browser = await openChromium();
  await browser.page.goto(`http://127.0.0.1:${String((shop.address() as AddressInfo).port)}/`);
});
afterAll(async () => {
  if (withoutChromium) return;
  await browser.close();
  shop.close();
  await sandbox.close();
});

const clip = () => `${origin}/clips/12345/12345.clip.wav`;

it.skipIf(withoutChromium)(`an audio element plays a clip of another origin ${skipNote}`, async () => {
  const played = await browser.page.evaluate(async (url) => {
    const audio = new Audio();
    audio.crossOrigin = "anonymous";
    audio.muted = true;
    audio.src = url;
    await audio.play();
    const { duration, error } = audio;
    audio.pause();
    return { duration, error: error?.message ?? null };
  }, clip());
  expect(played).toEqual({ duration: 2, error: null });
});

it.skipIf(withoutChromium)(`a script reads parts of a clip, and which part it is ${skipNote}`, async () => {
  const read = await browser.page.evaluate(async (url) => {
    // The second is no simple range of the Fetch Standard, so the browser asks first.
    const ranges = ["bytes=0-99", "bytes=-100"];
    const parts = await Promise.all(ranges.map((Range) => fetch(url, { headers: { Range } })));
    return Promise.all(parts.map(async (part) => [part.status, part.headers.get("Content-Range"), (await part.arrayBuffer()).byteLength]));
  }, clip());
  expect(read).toEqual([
    [206, "bytes 0-99/32044", 100],
    [206, "bytes 31944-32043/32044", 100],
  ]);
});

it.skipIf(withoutChromium)(`an image is drawn in its width, and may be used on a canvas ${skipNote}`, async () => {
  const drawn = await browser.page.evaluate(
    async (urls) => {
      const canvas = document.createElement("canvas");
      const context = canvas.getContext("2d");
      const images = urls.map((url) => Object.assign(new Image(), { crossOrigin: "anonymous", src: url }));
      await Promise.all(images.map((image) => image.decode()));
      return images.map((image) => {
        context?.drawImage(image, 0, 0);
        // Throws where the image may not be read.
        const colours = new Set(context?.getImageData(0, 0, image.naturalWidth, image.naturalHeight).data);
        return [image.naturalWidth, image.naturalHeight, colours.size > 2];
      });
    },
    [`${origin}/static/img/sleeveart/00/001/554/0000155408_182.jpg`, `${origin}/static/img/artistimages/00/000/000/0000000001_150.jpg`],
  );
  expect(drawn).toEqual([
    [182, 182, true],
    [150, 150, true],
  ]);
  expect(browser.complaints).toEqual([]);
});

it.skipIf(withoutChromium)(`a link to an image, as in a result of GraphiQL, opens it ${skipNote}`, async () => {
  const { page, complaints } = browser;
  await page.goto(`${origin}/static/img/sleeveart/00/001/554/0000155408_350.jpg`);
  const root = page.locator("svg");
  expect(await root.boundingBox()).toMatchObject({ width: 350, height: 350 });
  // Drawn, although the page's policy lets nothing load.
  expect(await page.locator("text").first().boundingBox()).not.toBeNull();
  expect(complaints).toEqual([]);
});
