/** Details of several items in one call, as the sandbox answers them. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { special } from "../../../src/sandbox/faults/special-ids.js";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { irregular } from "../../../src/sandbox/catalogue/irregular.js";
import { ask, askExactly } from "../../support/sandbox/ask.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.reset();
});

const compact = (text: string) => text.replaceAll(/>\s+</g, "><");
const batch = async (call: string) => {
  const { status, headers, text } = await ask(sandbox.baseUrl, call);
  return { status, headers, text: compact(text) };
};
/** Ids of the items, in order. */
const itemsIn = (text: string, name: string) =>
  [...text.matchAll(new RegExp(`(?:<${name}s>|</${name}>)<${name} id="(\\d+)"`, "g"))].map(([, id]) => id);
const errorsIn = (text: string) => [...text.matchAll(/<error itemId="([^"]*)" code="(\d+)">/g)].map(([, id, code]) => [id, code]);

describe.each([
  ["release", "releaseids", ["155408", "1302", "464869"]],
  ["track", "trackids", ["12345", "1628015", "20100"]],
] as const)("%s/details/batch", (kind, name, ids) => {
  const call = (list: readonly string[], more = "") => batch(`${kind}/details/batch?${name}=${list.join(",")}${more}`);

  it("has one item for each id, in the order of the ids, as its details have it", async () => {
    const { status, text } = await call(ids);
    expect([status, itemsIn(text, kind)]).toEqual([200, ids]);
    const [id = ""] = ids;
    const alone = compact((await ask(sandbox.baseUrl, `${kind}/details?${kind}Id=${id}`)).text);
    const [, content = ""] = new RegExp(`<response[^>]*>(.*)</response>`, "s").exec(alone) ?? [];
    const plain = (xml: string) => xml.replaceAll(/ ?\/>|><\/\w+>/g, "/>").replaceAll("&#163;", "£");
    expect(plain(text)).toContain(plain(content));
  });

  it("repeats what is asked for twice", async () => {
    const [one = "", other = ""] = ids;
    expect(itemsIn((await call([one, other, one])).text, kind)).toEqual([one, other, one]);
  });

  it("leaves out what does not exist, and has an error for it where errors are wanted", async () => {
    const [one = ""] = ids;
    const silent = (await call(["999999999", one, "-1"])).text;
    expect([itemsIn(silent, kind), errorsIn(silent)]).toEqual([[one], []]);
    const { status, text } = await call(["999999999", one, "-1"], "&showErrors=true");
    expect([status, itemsIn(text, kind)]).toEqual([200, [one]]);
    expect(errorsIn(text)).toEqual([
      ["999999999", "2001"],
      ["-1", "2001"],
    ]);
  });

  it("takes 50 ids and no more, no words, and at least one", async () => {
    const many = Array.from({ length: 51 }, (_, index) => String(2000 + index));
    expect((await call(many.slice(1))).status).toBe(200);
    const refused = await Promise.all([call(many), call(["1", "two"]), call(["1", ""]), call([])]);
    expect(refused.map(({ status, text }) => [status, /<error code="(\d+)"/.exec(text)?.[1]])).toEqual([
      [400, "1003"],
      [400, "1002"],
      [400, "1002"],
      [400, "1001"],
    ]);
  });

  it("reads names in any case, takes no POST, and may be cached like the details of one", async () => {
    const { status, headers } = await batch(`${kind}/DETAILS/Batch?${name.toUpperCase()}=${ids[0]}&SHOWERRORS=TRUE`);
    expect([status, headers["cache-control"]]).toEqual([200, "private, max-age=432000"]);
    expect((await askExactly(`${sandbox.baseUrl}/${kind}/details/batch?oauth_consumer_key=test`, { method: "POST" })).status).toBe(405);
  });

  it("has an error for an item by a rule that names it, and the others as usual", async () => {
    const [one = "", other = ""] = ids;
    sandbox.faults.add({
      method: `${kind}/details`,
      params: { [`${kind}Id`]: one },
      times: 1,
      fault: { kind: "error", code: 9001, message: "down" },
    });
    const { text } = await call([one, other], "&showErrors=true");
    expect([itemsIn(text, kind), errorsIn(text)]).toEqual([[other], [[one, "9001"]]]);
    expect(itemsIn((await call([one, other])).text, kind)).toEqual([one, other]);
  });

  it("fails as a whole by a rule for the method", async () => {
    sandbox.faults.add({ method: `${kind}/details/batch`, fault: { kind: "status", status: 500 } });
    expect((await call(ids)).status).toBe(500);
  });

  it("is not touched by a rule for all details", async () => {
    sandbox.faults.add({ method: `${kind}/details`, fault: { kind: "error", code: 9001, message: "down" } });
    expect(itemsIn((await call(ids)).text, kind)).toEqual(ids);
  });
});

it("release/details/batch has the odd values of a release that has them alone", async () => {
  const { text } = await batch(`release/details/batch?releaseids=155408,${special.releases.oddValues},1302`);
  expect(itemsIn(text, "release")).toEqual(["155408", String(special.releases.oddValues), "1302"]);
  expect(text.match(/<year>4294967295<\/year>/g)).toHaveLength(1);
});

it("release/details/batch says what is not available in the country", async () => {
  const { notInGermany } = irregular.releases;
  const { text } = await batch(`release/details/batch?releaseids=${String(notInGermany)},155408&showErrors=true&country=DE`);
  expect(errorsIn(text)).toEqual([[String(notInGermany), "2002"]]);
});
