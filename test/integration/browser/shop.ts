/** A small shop of a test's own: one page, and the graph under the same origin, as a proxy in front of both would have it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Page } from "playwright-core";
import { request } from "undici";
import { afterAll, beforeAll } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";
import { openChromium, type Browser } from "./chromium.js";

interface Shop {
  readonly origin: string;
  /** Where the graph is. */
  serve(graph: string): void;
  close(): Promise<void>;
}

/** @param script Runs in the page. */
async function openShop(script: string): Promise<Shop> {
  let graph = "";
  const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,"></head>
<body><button id="sign-in">Sign in</button><ul id="locker"></ul><p id="message"></p><script type="module">${script}</script></body></html>`;

  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    if (incoming.url !== "/graphql") {
      outgoing.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
      return;
    }
    const { authorization } = incoming.headers;
    const headers = { "content-type": "application/json", ...(authorization === undefined ? {} : { authorization }) };
    const answered = await request(graph, { method: "POST", headers, body: await text(incoming) });
    outgoing.writeHead(answered.statusCode, { "content-type": "application/json" }).end(await answered.body.text());
  }

  const server: Server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    serve(url) {
      graph = url;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A shop, the façade behind it and a browser, for the tests of one suite; there once it has begun. */
export interface Visit {
  shop: Shop;
  facade: Facade;
  browser: Browser;
  page: Page;
}

/** @param script Runs in the shop's page. */
export function visitShop(script: string): Visit {
  const visit = {} as Visit;
  beforeAll(async () => {
    visit.shop = await openShop(script);
    visit.facade = await startFacade({ environment: { RETURN_ORIGINS: visit.shop.origin } });
    visit.shop.serve(visit.facade.url);
    visit.browser = await openChromium();
    visit.page = visit.browser.page;
  });
  afterAll(async () => {
    await visit.browser.close();
    await visit.facade.close();
    await visit.shop.close();
  });
  return visit;
}

/** On 7digital's page. All users of the sandbox have one password. */
export async function signInAs(page: Page, emailAddress: string): Promise<void> {
  await page.fill("#emailAddress", emailAddress);
  await page.fill("#password", "demo");
  await page.click("text=Sign in >> nth=-1");
}
