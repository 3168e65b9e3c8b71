/** Rules as another process sets them, and answers as a client gets them. */

import { Agent, request } from "undici";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Edit } from "../../../src/sandbox/faults/edit.js";
import type { FaultRule } from "../../../src/sandbox/faults/faults.js";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { ask, askExactly, pathsOf } from "../../support/sandbox/ask.js";
import { signedCall } from "../../support/sandbox/signed-call.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const door = (rule: unknown) =>
  askExactly(`http://127.0.0.1:${sandbox.port}/_sandbox/faults`, { method: "POST", body: JSON.stringify(rule) });

async function set(rule: FaultRule): Promise<void> {
  expect(await door(rule)).toMatchObject({ status: 201 });
}

const keane = "artist/details?artistId=1";
const status = async (call: string) => (await ask(sandbox.baseUrl, call)).status;

/** The bytes as they come, without what the client could make of them. */
async function bytesOf(call: string, headers: Readonly<Record<string, string>> = {}) {
  const { statusCode, headers: headersSent, body } = await request(`${sandbox.baseUrl}/${call}&oauth_consumer_key=k`, { headers });
  return { statusCode, headersSent, bytes: Buffer.from(await body.arrayBuffer()) };
}

/** The document after the edits, without the white space between elements. */
async function edited(call: string, ...elements: readonly Edit[]): Promise<string> {
  await set({ method: "*", fault: { kind: "edit", elements } });
  return (await ask(sandbox.baseUrl, call)).text.replaceAll(/>\s+</g, "><");
}

describe("a rule falls", () => {
  const broken = { kind: "status", status: 500 } as const;

  it("on the one key whose parameters it names, in whatever case the call names them", async () => {
    await set({ method: "artist/details", params: { artistId: "1" }, fault: broken });
    expect(
      await Promise.all([status(keane), status("ARTIST/details?ARTISTID=1&country=GB"), status("artist/details?artistId=14")]),
    ).toEqual([500, 500, 200]);
    expect(await status("artist/tags?artistId=1")).toBe(200);
  });

  it("only where all parameters are there", async () => {
    await set({ method: "*", params: { artistId: "1", country: "DE" }, fault: broken });
    expect(await Promise.all([status(keane), status(`${keane}&country=GB`), status(`${keane}&country=DE`)])).toEqual([200, 200, 500]);
  });

  it("on a parameter in a form", async () => {
    await set({ method: "oauth/requesttoken", params: { country: "DE" }, fault: broken });
    const call = async (country: string) =>
      (await signedCall(sandbox.baseUrl, `oauth/requesttoken?country=${country}`, { verb: "POST" })).status;
    expect([await call("DE"), await call("GB")]).toEqual([500, 200]);
  });

  it("on one user, whatever token they have", async () => {
    await set({ method: "user/locker", user: "demo@sandbox.test", fault: broken });
    const demo = sandbox.accounts.accessToken("demo-token")?.user;
    const asked = sandbox.accounts.issueRequestToken(null);
    if (demo !== undefined) sandbox.accounts.authorise(asked.token, demo);
    const later = sandbox.accounts.exchange(asked.token);
    const locker = async (signer: { token?: string; secret?: string }, query = "") =>
      (await signedCall(sandbox.baseUrl, `user/locker${query}`, signer)).status;
    expect(await locker({ token: "demo-token" })).toBe(500);
    expect(await locker({ token: later?.token ?? "", secret: later?.secret ?? "" })).toBe(500);
    expect(await locker({ token: "other-token" })).toBe(200);
    expect(await locker({}, "?userId=partner-user")).toBe(200);
  });

  it("on one user of a partner", async () => {
    await set({ method: "user/locker", user: "partner-user", fault: broken });
    const locker = async (signer: { token?: string }, query = "") =>
      (await signedCall(sandbox.baseUrl, `user/locker${query}`, signer)).status;
    expect([await locker({}, "?userId=partner-user"), await locker({ token: "demo-token" })]).toEqual([500, 200]);
  });

  it("as often as it says, counting only calls that it falls on", async () => {
    await set({ method: "artist/details", params: { artistId: "1" }, times: 1, fault: broken });
    expect([await status("artist/details?artistId=14"), await status(keane), await status(keane)]).toEqual([200, 500, 200]);
  });
});

describe("an edit of an element", () => {
  const tracks = "release/tracks?releaseId=155408&pageSize=3";

  it("makes one item of a list nil, and leaves the others and the journal alone", async () => {
    const text = await edited(tracks, { at: "tracks/track[2]", attributes: { id: null, "xsi:nil": "true" }, content: "" });
    expect(text).toMatch(/<track id="1628015">[^]+<\/track><track xsi:nil="true"(?: ?\/>|><\/track>)<track id="\d+">/);
    expect(sandbox.journal.entries()[0]).toMatchObject({ method: "release/tracks", status: 200 });
  });

  it("makes all items of a list nil", async () => {
    const text = await edited("release/chart?pageSize=4", { at: "chart/chartItem/release", attributes: { "xsi:nil": "1" }, content: "" });
    expect(text.match(/<release id="\d+" xsi:nil="1"/g)).toHaveLength(4);
    expect(text).not.toContain("<title>");
  });

  it("finds an item by its id wherever it stands", async () => {
    const text = await edited(tracks, { at: "tracks/track[@id=889]", attributes: { id: null } });
    expect(text.match(/<track>/g)).toHaveLength(1);
    expect(text.match(/<track id="\d+">/g)).toHaveLength(2);
  });

  it.each([
    ["a control character", "A\u000BB"],
    ["a reference to a control character", "A&#x0B;B"],
    ["a lone surrogate", "A&#xD800;B"],
    ["two surrogates", "&#55357;&#56832;"],
    ["named entities", "Bj&ouml;rk &hellip; &nosuch;"],
    ["mixed content, a comment and a processing instruction", "see <b>this</b><!-- too --><?now?>"],
    ["a number beyond 32 bits", "4294967295"],
    ["an impossible day", "2012-02-30T00:00:00Z"],
    ["a decimal comma", "0,85"],
    ["markup that is not well-formed", "<b>&"],
  ])("puts %s into it as it is", async (_what, content) => {
    expect(await edited(keane, { at: "artist/name", content })).toContain(`<name>${content}</name>`);
  });

  it("puts another element in its place, or none", async () => {
    const other = '<label i:nil="true" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"/>';
    const text = await edited("release/details?releaseId=155408", { at: "release/label", xml: other }, { at: "release/title", xml: "" });
    expect(text).toContain(`${other}</release>`);
    expect(text).not.toContain("<title>");
  });

  it("stands something in front of it", async () => {
    expect(await edited(keane, { at: "artist/name", before: "<!-- here --><note/>" })).toMatch(
      /<artist id="1"><!-- here --><note\/><name>Keane</,
    );
  });

  it("repeats markup with its number", async () => {
    const text = await edited(keane, { at: "artist", xml: ["<artist", { text: ' a#="1"', times: 1000 }, "/>"] });
    expect(text).toContain(`<artist a0="1" a1="1" a2="1"`);
    expect(text).toContain(` a999="1"/></response>`);
  });

  it("changes the response itself", async () => {
    const text = await edited(keane, { at: "", attributes: { status: "bang", "xmlns:xsi": null }, content: "nothing" });
    expect(text).toMatch(/<response status="bang" version="1.2" xsi:noNamespaceSchemaLocation="[^"]+">nothing<\/response>$/);
  });

  it("leaves a document alone that lacks the element, and what is no document", async () => {
    const before = (await ask(sandbox.baseUrl, keane)).text;
    await set({ method: "*", fault: { kind: "edit", elements: [{ at: "artist/track[7]/title", content: "x" }] } });
    expect((await ask(sandbox.baseUrl, keane)).text).toBe(before);
    expect((await askExactly(`${sandbox.baseUrl}/status`)).text).toBe(
      "OAuth authentication error: Not authorised - no user credentials provided",
    );
  });

  it("reaches a basket", async () => {
    const zero = "00000000-0000-0000-0000-000000000000";
    await set({
      method: "basket",
      params: { basketId: zero },
      fault: { kind: "edit", elements: [{ at: "basket/basketItems/basketItem[1]", attributes: { "xsi:nil": "true" }, content: "" }] },
    });
    expect((await ask(sandbox.baseUrl, `basket?basketId=${zero}`)).text).toMatch(/<basketItem id="15284882" xsi:nil="true"/);
  });

  it("names an older purchase in the answer to a purchase that was made", async () => {
    const elements = [
      { at: "purchase", attributes: { id: "812485991" } },
      { at: "purchase/purchaseDate", content: "2009-07-22T10:41:41Z" },
    ];
    await set({ method: "user/purchase/item", fault: { kind: "edit", elements } });
    const call = "user/purchase/item?releaseId=786&trackId=6598&price=0.99";
    const { paths } = await signedCall(sandbox.baseUrl, call, { token: "demo-token" });
    expect([paths.get("response/purchase/@id"), paths.get("response/purchase/purchaseDate")]).toEqual([
      "812485991",
      "2009-07-22T10:41:41Z",
    ]);
    expect(sandbox.sales.map(({ purchaseId }) => purchaseId)).toEqual([900_000_001]);
  });
});

describe("an edit of a call", () => {
  it("answers about another id", async () => {
    await set({ method: "artist/details", params: { artistId: "7" }, fault: { kind: "edit", as: { artistId: "14" } } });
    expect(pathsOf((await ask(sandbox.baseUrl, "artist/details?artistId=7")).text).get("response/artist/@id")).toBe("14");
    expect(sandbox.journal.entries()[0]?.params).toMatchObject({ artistId: "7" });
  });

  it("answers with another page", async () => {
    const first = (await ask(sandbox.baseUrl, "artist/similar?artistId=1&page=1")).text;
    await set({ method: "artist/similar", params: { page: "2" }, fault: { kind: "edit", as: { page: "1" } } });
    const wrong = (await ask(sandbox.baseUrl, "artist/similar?artistId=1&page=2")).text;
    expect(wrong).toBe(first);
  });

  it("does not change what a signature covers", async () => {
    await set({ method: "user/locker", fault: { kind: "edit", as: { releaseId: "155408" } } });
    const { status: good, paths } = await signedCall(sandbox.baseUrl, "user/locker?releaseId=1302", { token: "demo-token" });
    expect([good, paths.get("response/locker/lockerReleases/lockerRelease/release/@id")]).toEqual([200, "155408"]);
  });
});

describe("an edit of the whole answer", () => {
  it("changes the HTTP status and leaves the body", async () => {
    await set({ method: "artist/details", fault: { kind: "edit", status: 503 } });
    const { status: changed, text } = await ask(sandbox.baseUrl, keane);
    expect([changed, pathsOf(text).get("response/artist/name")]).toEqual([503, "Keane"]);
  });

  it("repeats, replaces and removes headers, whatever their case", async () => {
    const headers = {
      "content-type": ["text/xml; charset=utf-8", "text/xml"],
      "X-RateLimit-Limit": ["4000", "4000"],
      "cache-control": ["private", "max-age=60"],
      Age: "4000",
      Vary: "Accept-Encoding",
      Pragma: "no-cache",
      Expires: "0",
      date: null,
      "Last-Modified": null,
    };
    await set({ method: "artist/details", fault: { kind: "edit", headers } });
    const { headersSent } = await bytesOf(keane);
    expect(headersSent).toMatchObject({
      "content-type": ["text/xml; charset=utf-8", "text/xml"],
      "x-ratelimit-limit": ["4000", "4000"],
      "cache-control": ["private", "max-age=60"],
      age: "4000",
      vary: "Accept-Encoding",
      pragma: "no-cache",
      expires: "0",
    });
    expect([headersSent["date"], headersSent["last-modified"]]).toEqual([undefined, undefined]);
  });

  it.each([
    ["utf-16le", [0xff, 0xfe, 0x3c, 0x00], (bytes: Buffer) => bytes.toString("utf16le")],
    ["utf-16be", [0xfe, 0xff, 0x00, 0x3c], (bytes: Buffer) => Buffer.from(bytes).swap16().toString("utf16le")],
    ["iso-8859-1", [0x3c, 0x3f, 0x78, 0x6d], (bytes: Buffer) => bytes.toString("latin1")],
  ] as const)("is written in %s", async (encoding, start, decode) => {
    const elements = [{ at: "artist/name", content: "Sigur Rós" }];
    await set({ method: "artist/details", fault: { kind: "edit", encoding, elements, declaration: "<?xml version='1.0'?>" } });
    const { bytes } = await bytesOf(keane);
    expect([...bytes.subarray(0, 4)]).toEqual(start);
    expect(decode(bytes)).toMatch(/^\uFEFF?<\?xml version='1\.0'\?><response[^]+<name>Sigur Rós<\/name>/);
  });

  it("has another declaration than its bytes", async () => {
    await set({ method: "artist/details", fault: { kind: "edit", declaration: '<?xml version="1.0" encoding="utf-16"?>' } });
    const { text } = await ask(sandbox.baseUrl, keane);
    expect(text).toMatch(/^\uFEFF?<\?xml version="1\.0" encoding="utf-16"\?><response/);
  });

  it("is labelled as gzip and is plain", async () => {
    await set({ method: "artist/details", fault: { kind: "edit", headers: { "Content-Encoding": "gzip" } } });
    const { headersSent, bytes } = await bytesOf(keane, { "accept-encoding": "gzip" });
    expect([headersSent["content-encoding"], bytes.includes("<name>Keane</name>")]).toEqual(["gzip", true]);
  });

  it("is longer than five MiB", async () => {
    const declaration = ["<?xml version='1.0'?>", { text: " ", times: 5 * 1024 * 1024 }];
    await set({ method: "artist/details", fault: { kind: "edit", declaration } });
    const { bytes } = await bytesOf(keane);
    expect(bytes.length).toBeGreaterThan(5 * 1024 * 1024);
    expect(pathsOf(bytes.toString()).get("response/artist/name")).toBe("Keane");
  });

  it("is made by several rules together, and then cut off", async () => {
    await set({
      method: "*",
      fault: { kind: "edit", headers: { Age: "1", Pragma: "x" }, elements: [{ at: "artist", attributes: { id: "2" } }] },
    });
    await set({ method: "*", fault: { kind: "edit", headers: { age: "2" }, declaration: "<?first?>" } });
    await set({ method: "*", fault: { kind: "truncate", bytes: 30 } });
    const { headersSent, bytes } = await bytesOf(keane);
    expect([headersSent["age"], headersSent["pragma"], bytes.length]).toEqual(["2", "x", 30]);
    expect(bytes.toString()).toMatch(/^\uFEFF?<\?first\?><response/);
  });
});

describe("a status in the place of an answer", () => {
  it.each([401, 403, 404, 429, 500, 503])("comes as %i in HTML", async (code) => {
    const fault = { kind: "status", status: code, contentType: "text/html", body: "<html><h1>No</h1>" } as const;
    await set({ method: "artist/details", fault });
    const answer = await ask(sandbox.baseUrl, keane);
    expect([answer.status, answer.headers["content-type"], answer.text]).toEqual([code, "text/html", "<html><h1>No</h1>"]);
  });

  it("comes empty, without a type, in an unknown charset, and with Retry-After in both forms", async () => {
    const date = "Sun, 17 May 2026 12:00:00 GMT";
    await set({ method: "tag", fault: { kind: "status", status: 429, headers: { "Content-Type": null, "Retry-After": "60" } } });
    await set({
      method: "status",
      fault: { kind: "status", status: 503, contentType: "text/html; charset=none", headers: { "Retry-After": date } },
    });
    const [none, unknown] = [await ask(sandbox.baseUrl, "tag"), await ask(sandbox.baseUrl, "status")];
    expect([none.status, none.text, none.headers["content-type"], none.headers["retry-after"]]).toEqual([429, "", undefined, "60"]);
    expect([unknown.headers["content-type"], unknown.headers["retry-after"]]).toEqual(["text/html; charset=none", date]);
  });
});

describe("an error in the place of an answer", () => {
  const buy = () => signedCall(sandbox.baseUrl, "user/purchase/item?releaseId=786&trackId=6598&price=0.99", { token: "demo-token" });

  it.each([
    ["before", 0],
    ["after", 1],
  ] as const)("is a refusal %s the sale", async (when, sales) => {
    await set({ method: "user/purchase/item", fault: { kind: "error", code: 3101, message: "Payment Failed: A8", when } });
    const { status: code, paths } = await buy();
    expect([code, paths.get("response/@status"), paths.get("response/error/@code")]).toEqual([402, "error", "3101"]);
    expect(paths.get("response/error/errorMessage")?.trim()).toBe("Payment Failed: A8");
    expect(sandbox.sales).toHaveLength(sales);
  });

  it("comes with the HTTP status that it is given, or with the method's own", async () => {
    await set({ method: "artist/details", fault: { kind: "error", code: 2001, message: "Artist not found", status: 200 } });
    await set({ method: "artist/chart", fault: { kind: "error", code: 9001, message: "No" } });
    expect([await status(keane), await status("artist/chart")]).toEqual([200, 200]);
  });

  it("is plain text where no method is", async () => {
    await set({ method: "/media/user/streamtrack", fault: { kind: "error", code: 9001, message: "No", status: 500 } });
    const { status: code, text } = await askExactly(`http://127.0.0.1:${sandbox.port}/media/user/streamtrack`);
    expect([code, text]).toEqual([500, "No"]);
  });
});

it("falls on calls by https as well", async () => {
  await set({ method: "artist/details", params: { artistId: "1" }, fault: { kind: "edit", headers: { Age: "9" } } });
  const dispatcher = new Agent({ connect: { ca: await sandbox.certificate() } });
  const { headers } = await askExactly(`${sandbox.secureBaseUrl}/${keane}&oauth_consumer_key=k`, { dispatcher });
  expect(headers["age"]).toBe("9");
  await dispatcher.close();
});

describe("what is no rule is refused, and the refusal says where", () => {
  const edit = (change: object) => ({ method: "status", fault: { kind: "edit", ...change } });

  it.each([
    [{ method: "status", param: { a: "1" }, fault: { kind: "reset" } }, 'rule has no "param"'],
    [{ method: "status", params: { a: 1 }, fault: { kind: "reset" } }, "rule.params.a is no text"],
    [{ method: "status", fault: { kind: "explode" } }, "rule.fault.kind is none of delay, status, error, edit, truncate, reset, hang"],
    [{ method: "status", fault: { kind: "error", code: "3101", message: "" } }, "rule.fault.code is no whole number"],
    [{ method: "status", fault: { kind: "reset", ms: 1 } }, 'rule.fault has no "ms"'],
    [edit({ elements: [{ at: "artist//name" }] }), "rule.fault.elements[0].at is no path"],
    [edit({ elements: [{ at: "artist[0]" }] }), "rule.fault.elements[0].at is no path"],
    [edit({ elements: [{ at: "artist", xml: "", content: "x" }] }), "rule.fault.elements[0].xml leaves nothing"],
    [edit({ elements: [{ at: "", before: "x" }] }), "rule.fault.elements[0].at is the whole response"],
    [edit({ elements: { at: "artist" } }), "rule.fault.elements is no list"],
    [edit({ declaration: [{ text: "12345678", times: 90_000_000 }] }), "rule.fault.declaration is longer than 64 MiB"],
    [edit({ headers: { "Bad Name": "x" } }), "rule.fault.headers.Bad Name can be no header"],
    [edit({ headers: { Age: "1\n2" } }), "rule.fault.headers.Age can be no header"],
    [edit({ encoding: "utf-7" }), "rule.fault.encoding is none of"],
    [edit({ when: "before" }), "rule.fault.when is none of after"],
    [[], "rule is no object"],
  ])("%j", async (rule, message) => {
    const { status: code, text } = await door(rule);
    expect([code, (JSON.parse(text) as { error: string }).error]).toEqual([400, expect.stringContaining(message)]);
    expect(sandbox.faults.rules()).toEqual([]);
  });
});
