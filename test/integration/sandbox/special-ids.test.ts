/** Answers that are bad for good, without a rule. */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { special } from "../../../src/sandbox/faults/special-ids.js";
import { ask, pathsOf } from "../../support/sandbox/ask.js";
import { signedCall } from "../../support/sandbox/signed-call.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const artist = (artistId: number) => ask(sandbox.baseUrl, `artist/details?artistId=${artistId}`);
const compact = async (call: string) => (await ask(sandbox.baseUrl, call)).text.replaceAll(/>\s+</g, "><");
const nilElement = (name: string) => new RegExp(`<${name} xsi:nil="true"(?: ?/>|></${name}>)`, "g");

describe("the artist that is", () => {
  it("unreadable ends in the wrong tag", async () => {
    const { status, text } = await artist(special.artists.unreadable);
    expect([status, text]).toEqual([200, expect.stringContaining('<artist id="990000001"><name>Keane</artist>')]);
  });

  it("too large is longer than four MiB and well-formed", async () => {
    const { text } = await artist(special.artists.tooLarge);
    expect(text.length).toBeGreaterThan(4 * 1024 * 1024);
    expect(pathsOf(text).get("response/artist/@id")).toBe("990000002");
  });

  it("full of attributes has sixty thousand", async () => {
    expect((await artist(special.artists.manyAttributes)).text.match(/ a\d+="1"/g)).toHaveLength(60_000);
  });

  it("oddly written has a name of entities, a comment, an instruction, markup, surrogates and control characters", async () => {
    const { text } = await artist(special.artists.oddText);
    for (const part of ["&ouml;", "<!--", "<?a ", "<b>live</b>", "&#55357;&#56832;", "&#xD800;", "&#x0B;", "\u000B"]) {
      expect(text).toContain(part);
    }
  });

  it("merged is artist 1", async () => {
    const paths = pathsOf((await artist(special.artists.merged)).text);
    expect([paths.get("response/artist/@id"), paths.get("response/artist/name")]).toEqual(["1", "Keane"]);
  });

  it.each([404, 500])("HTTP %i in HTML is that", async (status) => {
    const id = status === 404 ? special.artists.notFoundInHtml : special.artists.serverError;
    const answer = await artist(id);
    expect([answer.status, answer.headers["content-type"], answer.text]).toEqual([status, "text/html", expect.stringContaining("<html>")]);
    expect(String(id)).toMatch(new RegExp(`${status}$`));
  });
});

describe("the release of", () => {
  it("odd values has one of each kind", async () => {
    const paths = pathsOf(await compact(`release/details?releaseId=${special.releases.oddValues}`));
    const values = ["@id", "title", "year", "url", "image", "releaseDate", "price/value", "label/@i:nil"];
    expect(values.map((name) => paths.get(`response/release/${name}`))).toEqual([
      "990000001",
      "Dreams",
      "4294967295",
      "javascript:alert(1)",
      "not an address",
      "2012-02-30T00:00:00Z",
      "0,85",
      "1",
    ]);
  });

  it("odd tracks has one that is nil and one without an id among ten, on whatever page they are", async () => {
    const call = `release/tracks?releaseId=${special.releases.oddTracks}`;
    const whole = await compact(call);
    expect([whole.match(/<track id="\d+">/g)?.length, whole.match(/<track>/g)?.length, whole.match(nilElement("track"))?.length]).toEqual([
      8, 1, 1,
    ]);
    expect((await compact(`${call}&pageSize=1&page=2`)).match(nilElement("track"))).toHaveLength(1);
    expect((await compact(`${call}&pageSize=1&page=1`)).match(nilElement("track"))).toBeNull();
  });
});

it("the release chart of 1 January 2000 has a nil release in second place", async () => {
  const text = await compact(`release/chart?toDate=${special.chartDate}`);
  expect(text.match(nilElement("release"))).toHaveLength(1);
  expect(text).toMatch(/<chartItem><position>2<\/position><change>\w+<\/change><release xsi:nil/);
});

it("the odd editorial list has a nil item and one that is well", async () => {
  const text = await compact(`editorial/list?key=${special.editorialKey}`);
  expect(text.match(nilElement("release"))).toHaveLength(1);
  expect(text.match(/<release id="\d+">/g)).toHaveLength(1);
});

it("the odd locker has a nil track among eleven, and its owner can buy", async () => {
  const token = "odd-locker-token";
  const locker = (await signedCall(sandbox.baseUrl, "user/locker", { token })).text.replaceAll(/>\s+</g, "><");
  expect([locker.match(/<track id="\d+">/g)?.length, locker.match(nilElement("track"))?.length]).toEqual([10, 1]);
  const bought = await signedCall(sandbox.baseUrl, "user/purchase/item?releaseId=786&trackId=6598&price=0.99", { token });
  expect(bought.paths.get("response/purchase/@id")).toBe("900000001");
});

it("stays bad after rules were cleared, and is no rule that is shown", async () => {
  sandbox.reset();
  expect(sandbox.faults.rules()).toEqual([]);
  expect((await artist(special.artists.serverError)).status).toBe(500);
});
