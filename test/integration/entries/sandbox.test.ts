/** `startSandbox` for tests of others. */
import { parse } from "graphql";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { createGraph, type Graph } from "../../../src/entries/index.js";
import { startSandbox, type Sandbox } from "../../../src/entries/sandbox.js";

let sandbox: Sandbox;
let music: Graph;
beforeAll(async () => {
  sandbox = await startSandbox();
  const settings = { ...sandbox.settings, CACHE_MAX_BYTES: 0, TRUST_PLAIN_TOKENS: true, LOG_LEVEL: "silent" };
  music = await createGraph(settings, { requestOf: (headers: Record<string, string> = {}) => ({ headers }) });
});
afterEach(() => sandbox.reset());
afterAll(async () => {
  await music.close();
  await sandbox.close();
});

const artist = parse(`{ artist(id: "1") { name } }`);

it("tells what it was asked, without secrets", async () => {
  await music.executor({ document: artist });
  expect(sandbox.calls()).toMatchObject([{ method: "artist/details", params: { artistId: "1" }, signed: false, status: 200 }]);
  expect([sandbox.callCount("artist/details"), sandbox.callCount("track/details"), sandbox.callCount()]).toEqual([1, 0, 1]);
  expect(JSON.stringify(sandbox.calls())).not.toContain("oauth");
  sandbox.clearCalls();
  expect(sandbox.callCount()).toBe(0);
});

it("fails on request, until the rule is taken away", async () => {
  const remove = sandbox.addFault({ method: "artist/details", fault: { kind: "error", code: 9001, message: "Unexpected" } });
  const { errors = [] } = await music.executor({ document: parse(`{ artist(id: "2") { name } }`) });
  expect(errors.map(({ extensions }) => extensions["sevendigital"])).toMatchObject([{ method: "artist/details", code: 9001 }]);
  remove();
  expect(await music.executor({ document: artist })).toMatchObject({ data: { artist: { name: "Keane" } } });
});

it("has users, whose tokens are good", async () => {
  const user = sandbox.users.find(({ token, card }) => token !== null && card === "good");
  const { token = "", secret = "" } = user?.token ?? {};
  const context = { "x-7d-oauth-token": token, "x-7d-oauth-token-secret": secret };
  const { data, errors } = await music.executor({ document: parse("{ viewer { locker(first: 1) { totalCount } } }"), context });
  expect(errors).toBeUndefined();
  expect(data?.["viewer"]).not.toBeNull();
  expect(sandbox.calls()).toMatchObject([{ method: "user/locker", signed: true }]);
});

it("forgets everything with a reset", async () => {
  sandbox.addFault({ method: "*", fault: { kind: "reset" } });
  sandbox.reset();
  expect(await music.executor({ document: artist })).toMatchObject({ data: { artist: { name: "Keane" } } });
  sandbox.reset();
  expect([sandbox.calls(), sandbox.sales()]).toEqual([[], []]);
});
