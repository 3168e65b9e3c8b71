/** The list of declared methods: complete, and typed by the declarations. The calls below are never made; that this file compiles is the test,
 *  and `@ts-expect-error` fails it where a mistake would pass. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { methods, type SevendigitalClient, type Unreadable } from "../../../src/client/client.js";
import { declared } from "../../../src/client/methods.js";
import { readEndpoints } from "../../support/endpoints.js";

const source = join(import.meta.dirname, "../../../src");

function use(...values: readonly unknown[]): void {
  expect(values).toBeDefined();
}

export async function neverCalled({ call }: SevendigitalClient): Promise<void> {
  const { value, status } = await call("artist/details", { artistId: "1" }, { country: "DE", user: null });
  const name: string | null | undefined = value.name;
  const tracks = await call("release/tracks", { releaseId: "1", pageSize: 5 });
  const total: number | Unreadable | null | undefined = tracks.value.totalItems;
  use(name, total, status, await call("status"), await call("tag", { page: 2 }), await call("tag"));
  void call("artist/chart", { period: "week", toDate: "2009-06-01" });
  const period = {
    planCode: "p",
    status: "s",
    currency: "GBP",
    recurringFee: 1,
    activatedAt: "",
    currentPeriodStartDate: "",
    expiryDate: "",
  };
  void call("POST user/unlimitedStreaming", { userId: "1", ...period });
  void call("DELETE playlists/{playlistId}", { playlistId: "1" });
  // @ts-expect-error -- no such method
  void call("artist/detials", { artistId: "1" });
  // @ts-expect-error -- the name has the letters of the document
  void call("artist/Details", { artistId: "1" });
  // @ts-expect-error -- a required parameter is missing
  void call("artist/details", {});
  // @ts-expect-error -- the parameters are missing
  void call("artist/details");
  // @ts-expect-error -- a parameter that the method does not have
  void call("artist/details", { artistId: "1", releaseId: "2" });
  // @ts-expect-error -- a parameter of a method without any
  void call("status", { page: 1 });
  // @ts-expect-error -- a number where text belongs
  void call("artist/details", { artistId: 1 });
  // @ts-expect-error -- a word that the method does not know
  void call("artist/chart", { period: "year" });
  // @ts-expect-error -- an option that does not exist
  void call("artist/details", { artistId: "1" }, { nation: "DE" });
  // @ts-expect-error -- a token without its secret
  void call("user/locker", {}, { user: { token: "t" } });
  // @ts-expect-error -- a result of another method
  use(value.purchaseId);
  // @ts-expect-error -- the result of the GET is another
  const wrong: number = (await call("user/unlimitedStreaming")).value;
  use(wrong);
}

/** Files in which an endpoint is declared, by what the declaring functions are called. */
function declaringFiles(): readonly string[] {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const definers = ["upstream/endpoint.ts", "catalogue/catalogue-read.ts"];
  return files.filter(
    (file) => !definers.includes(file) && /\b(?:endpoint|catalogueRead|batchOf)\(/.test(readFileSync(join(source, file), "utf8")),
  );
}

describe("the list of methods", () => {
  it("has every endpoint that is declared anywhere in src, and no other", async () => {
    const endpoints = (await readEndpoints()).filter((one) => "verb" in one);
    const written = (one: { readonly verb: string; readonly path: string }): string => `${one.verb} ${one.path}`;
    expect(methods.map(written).sort()).toEqual(endpoints.map(written).sort());
    expect(new Set(declared.values())).toEqual(new Set(endpoints));
    expect(methods.length).toBeGreaterThan(80);
  });

  it("would miss no endpoint of another file: all are in files of that name", () => {
    const files = declaringFiles();
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => !/(?:^|\/)endpoints(?:\/[^/]+)?\.ts$/.test(file))).toEqual([]);
  });

  it("names each by its path, and by its verb where a GET has the same path", () => {
    const names = methods.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name.includes(" "))).toEqual(["DELETE playlists/{playlistId}", "POST user/unlimitedStreaming"]);
    for (const { name, path } of methods) expect(name.endsWith(path)).toBe(true);
  });

  it("says who signs, what it does and which parameters it takes", () => {
    const found = (name: string) => methods.find((one) => one.name === name);
    expect(found("artist/details")).toEqual({
      ...{ name: "artist/details", path: "artist/details", verb: "GET", auth: "key", effect: "read" },
      params: [{ name: "artistId", optional: false }],
    });
    expect(found("user/purchase/item")).toMatchObject({ verb: "GET", auth: "user", effect: "money" });
    expect(found("basket/applyVoucher")).toMatchObject({ verb: "POST", auth: "consumer", effect: "write" });
    expect(found("release/tracks")?.params).toEqual([
      { name: "releaseId", optional: false },
      { name: "page", optional: true },
      { name: "pageSize", optional: true },
    ]);
    expect(Object.isFrozen(methods)).toBe(true);
  });
});
