/** A cache after RFC 9111 in front of the server: whatever 7digital allows or forbids, it never serves what is stale, forbidden or another
 *  store's or caller's. Every name that the stand-in for 7digital answers says which store it is for, and until when it may be served. */
import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startFacade } from "../support/facade.js";
import { artistXml, fakeUpstream, xmlType, type Behaviour } from "../support/fake-upstream.js";
import { createHttpCache } from "../support/http-cache.js";
import { Chance } from "./chance.js";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const ids = ["1", "2", "3", "4"];
const documents = [
  ...ids.map((id) => `{ artist(id: "${id}") { name } }`),
  `{ one: artist(id: "1") { name } other: artist(id: "2") { name } }`,
  `{ artist(id: "3") { name } viewer { id } }`,
  "{ storeContext { country } }",
  "{ upstreamQuota { limit } }",
];
const operator = { "x-7d-operator-secret": "operator-secret-of-32-characters" };
const rounds = 1000;

/** Headers of an answer, and for how many seconds it may be served from now on. */
const policies: readonly (readonly [headers: Readonly<Record<string, string>>, seconds: number])[] = [
  [{ "cache-control": "private, max-age=30" }, 30],
  [{ "cache-control": "max-age=300" }, 300],
  [{ "cache-control": "private, max-age=100", age: "70" }, 30],
  [{ "cache-control": "max-age=10", age: "4000" }, 0],
  [{ "cache-control": "no-store" }, 0],
  [{ "cache-control": "private, no-cache" }, 0],
  [{ "cache-control": "max-age=0" }, 0],
  [{ "cache-control": "max-age=60", vary: "*" }, 0],
  // Ours to choose.
  [{}, 60],
];

it.each([
  ["a CDN", true, "true"],
  ["a browser", false, "false"],
  ["a CDN that is not allowed to keep anything", true, "false"],
])("%s serves nothing stale, forbidden or foreign", { timeout: 300_000 }, async (_what, shared, PUBLIC_CACHING) => {
  const chance = new Chance(35);
  let ahead = 0;
  const now = () => Date.now() + ahead;
  const behaviour: Behaviour = (response, { query }) => {
    const [headers, seconds] = chance.pick(policies);
    const name = [query.get("country"), now() + seconds * 1000].join("|");
    response.writeHead(200, { ...xmlType, ...headers }).end(artistXml(name, query.get("artistid") ?? "1"));
  };
  const upstream = await fakeUpstream(behaviour);
  const file = join(mkdtempSync(join(tmpdir(), "outward-")), "operations.json");
  writeFileSync(file, JSON.stringify(Object.fromEntries(documents.map((document) => [sha256(document), document]))));
  const facade = await startFacade({
    environment: {
      SEVENDIGITAL_BASE_URL: `${upstream.url}/1.2`,
      PERSISTED_OPERATIONS: file,
      PUBLIC_CACHING,
      OPERATOR_SECRET: operator["x-7d-operator-secret"],
    },
    ahead: () => ahead,
  });
  onTestFinished(() => facade.close());
  const cache = createHttpCache(shared, now);
  const wrong: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (chance.in(0.3)) ahead += chance.between(1, 20_000);
    const country = chance.pick(["GB", "DE"]);
    const isOperator = chance.in(0.2);
    const document = chance.pick(documents);
    const askedAtMs = now();
    const url = `${facade.url}?documentId=${sha256(document)}`;
    const { body, from } = await cache.get(url, { "x-7d-country": country, ...(isOperator && operator) });
    const names = [...body.matchAll(/"name":"([A-Z]{2})\|(\d+)"/g)];
    const isForeign = names.some(([, store]) => store !== country) || /"country":"(?!GB)/.test(country === "GB" ? body : "");
    const isStale = from === "cache" && names.some(([, , untilMs]) => askedAtMs >= Number(untilMs));
    const isForbidden = from === "cache" && (isOperator || /viewer|upstreamQuota|errors/.test(body));
    if (isForeign || isStale || isForbidden) wrong.push(`${document} in ${country}: ${body}`);
  }
  expect(wrong).toEqual([]);
  const mayServe = !shared || PUBLIC_CACHING === "true";
  expect(cache.counts.served > rounds / 20, JSON.stringify(cache.counts)).toBe(mayServe);
  expect(cache.counts.revalidated > 10, JSON.stringify(cache.counts)).toBe(mayServe);
});
