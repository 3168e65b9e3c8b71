// #region test
import { createGraph, type Graph } from "7digital-graphql";
import { startSandbox, type Sandbox } from "7digital-graphql/sandbox";
import { parse } from "graphql";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";

let sandbox: Sandbox;
let music: Graph;
beforeAll(async () => {
  sandbox = await startSandbox();
  music = await createGraph({ ...sandbox.settings, CACHE_MAX_BYTES: 0, LOG_LEVEL: "silent" });
});
beforeEach(() => sandbox.reset());
afterAll(async () => {
  await music.close();
  await sandbox.close();
});

const document = parse(`{ artist(id: "1") { name } }`);

it("shows an artist, with one call", async () => {
  expect(await music.executor({ document })).toMatchObject({ data: { artist: { name: "Keane" } } });
  expect(sandbox.calls().map(({ method }) => method)).toEqual(["artist/details"]);
});

it("says so when 7digital fails", async () => {
  sandbox.addFault({ method: "artist/details", fault: { kind: "status", status: 500 } });
  const { data, errors = [] } = await music.executor({ document });
  expect(data).toEqual({ artist: null });
  expect(errors.map(({ extensions }) => extensions["code"])).toEqual(["UPSTREAM_UNAVAILABLE"]);
});
// #endregion test
