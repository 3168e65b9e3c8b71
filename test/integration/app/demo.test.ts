/** What is filled in where it is all a play, and nowhere else. */
import { request } from "undici";
import { expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";

const demo = { user: { key: "demo-token", secret: "demo-token-secret" }, returnsHere: true };
const start = "mutation ($callbackUrl: URL!) { signInStart(input: { callbackUrl: $callbackUrl }) { state userErrors { code } } }";

interface Started {
  readonly signInStart: { readonly userErrors: readonly { readonly code: string }[] };
}

interface Tab {
  readonly query: string;
  readonly headers?: string;
}

/** What GraphiQL opens with, out of the script that starts it. */
async function tabsOf({ url }: Facade): Promise<readonly Tab[]> {
  const page = await (await request(url, { headers: { accept: "text/html" } })).body.text();
  const [, settings = ""] = /src="(\/graphiql\/settings[^"]+)"/.exec(page) ?? [];
  const script = await (await request(new URL(settings, url))).body.text();
  const [, json = ""] = /graphiqlSettings = (.+);/.exec(script) ?? [];
  return (JSON.parse(json) as { tabs: Tab[] }).tabs;
}

it("is the demo user's bearer with the examples that need a user, and not with the others", async () => {
  const facade = await startFacade({ demo });
  const tabs = await tabsOf(facade);
  const withHeaders = tabs.filter((tab) => tab.headers !== undefined);
  expect(withHeaders.map(({ query }) => /(?:query|mutation) (\w+)/.exec(query)?.[1])).toEqual(["Buy", "BuyBasket", "Locker"]);
  expect(Object.keys(tabs[0] ?? {})).toEqual(["query"]);
  const headers = JSON.parse(withHeaders[0]?.headers ?? "{}") as { Authorization?: string };
  expect(headers.Authorization).toMatch(/^Bearer [\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/);
  const { data } = await facade.query<{ viewer: { addCardUrl: string } }>("{ viewer { addCardUrl } }", {}, { ...headers });
  expect(data.viewer.addCardUrl).toContain("oauth_token=demo-token&");
  await facade.close();
});

it("is nothing with a real key", async () => {
  const facade = await startFacade();
  for (const tab of await tabsOf(facade)) expect(Object.keys(tab)).toEqual(["query"]);
  const { data } = await facade.query<Started>(start, { callbackUrl: facade.url });
  expect(data.signInStart.userErrors).toEqual([{ code: "INVALID" }]);
  await facade.close();
});

it("is the server's own origin among those to return to, beside any that are named", async () => {
  const facade = await startFacade({ demo, environment: { RETURN_ORIGINS: "https://shop.example" } });
  const { port } = new URL(facade.url);
  for (const callbackUrl of [`http://127.0.0.1:${port}/graphql`, `http://localhost:${port}/`, "https://shop.example/"]) {
    expect((await facade.query<Started>(start, { callbackUrl })).data.signInStart.userErrors, callbackUrl).toEqual([]);
  }
  for (const callbackUrl of [`http://127.0.0.1:${Number(port) + 1}/`, `https://localhost:${port}/`, "http://localhost/"]) {
    expect((await facade.query<Started>(start, { callbackUrl })).data.signInStart.userErrors, callbackUrl).toHaveLength(1);
  }
  await facade.close();
});
