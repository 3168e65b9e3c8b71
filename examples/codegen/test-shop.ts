/** True data for tests of a front end: the whole service on its sandbox, in the process of the test. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bypass, http, HttpResponse, type HttpHandler } from "msw";
import { createAmbient } from "../../src/app/ambient.js";
import { startServer } from "../../src/app/server.js";
import { readConfig } from "../../src/config/config.js";
import { startSandbox } from "../../src/sandbox/sandbox.js";

const rootDirectory = join(import.meta.dirname, "../..");

export interface TestShop {
  /** Where the graph is served. */
  readonly url: string;
  close(): Promise<void>;
}

export async function startTestShop(): Promise<TestShop> {
  const sandbox = await startSandbox();
  const { origin } = new URL(sandbox.baseUrl);
  const dataDirectory = mkdtempSync(join(tmpdir(), "test-shop-"));
  const { upstream, ...config } = readConfig({
    PORT: "0",
    SEVENDIGITAL_CONSUMER_KEY: "sandbox",
    SEVENDIGITAL_CONSUMER_SECRET: "sandbox-secret",
    SEVENDIGITAL_BASE_URL: sandbox.baseUrl,
    SEVENDIGITAL_SECURE_BASE_URL: sandbox.baseUrl,
    SEVENDIGITAL_ACCOUNT_URL: origin,
    SEVENDIGITAL_MEDIA_URL: `${origin}/media`,
    SEVENDIGITAL_STREAM_URL: `${origin}/media`,
    SEVENDIGITAL_PREVIEW_URL: origin,
    RETURN_ORIGINS: "https://shop.example",
    TRUST_PLAIN_TOKENS: "true", // for the users of the handlers
  });
  if (upstream === undefined) throw new Error("Its API is the sandbox.");
  const serverConfig = { ...config, upstream, dataDirectory };
  const server = await startServer(serverConfig, createAmbient(serverConfig, { version: "test", rootDirectory }));
  return {
    url: server.url,
    async close() {
      await server.close();
      await sandbox.close();
      rmSync(dataDirectory, { recursive: true });
    },
  };
}

// #region handlers
/** What the program sends to `url` is answered by the test shop.
 *  @param user A user of the sandbox (docs/sandbox.md), who is signed in without signing in. */
export function shopHandlers(url: string, shop: TestShop, user?: "demo" | "expired-card" | "no-card"): HttpHandler[] {
  return [
    http.post(url, async ({ request }) => {
      const forwarded = new Request(shop.url, { method: "POST", headers: request.headers, body: await request.text() });
      if (user !== undefined) {
        forwarded.headers.set("x-7d-oauth-token", `${user}-token`);
        forwarded.headers.set("x-7d-oauth-token-secret", `${user}-token-secret`);
      }
      const response = await fetch(bypass(forwarded));
      return new HttpResponse(await response.text(), response);
    }),
  ];
}
// #endregion handlers
