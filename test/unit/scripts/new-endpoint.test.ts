import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { endpointFileName, endpointName, writeEndpoint } from "../../../scripts/new-endpoint.js";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "new-endpoint-"));
});
afterEach(() => rm(root, { recursive: true }));

it.each([
  ["status", "status", "status"],
  ["basket/applyVoucher", "basketApplyVoucher", "basket-apply-voucher"],
  ["artist/match/byId", "artistMatchById", "artist-match-by-id"],
  ["basket/create2", "basketCreate2", "basket-create2"],
])("names %s by its path", (path, name, file) => {
  expect([endpointName(path), endpointFileName(path)]).toEqual([name, file]);
});

it("writes a declaration and a test that fails, and touches neither a second time", async () => {
  expect(writeEndpoint(root, "basket/applyVoucher", "basket")).toEqual({
    endpoint: "src/basket/endpoints/basket-apply-voucher.ts",
    test: "test/basket/endpoints/basket-apply-voucher.test.ts",
    name: "basketApplyVoucher",
  });
  const endpoint = await readFile(join(root, "src/basket/endpoints/basket-apply-voucher.ts"), "utf8");
  expect(endpoint).toContain('export const basketApplyVoucher = endpoint({\n  path: "basket/applyVoucher",');
  const test = await readFile(join(root, "test/basket/endpoints/basket-apply-voucher.test.ts"), "utf8");
  expect(test).toContain('it("basket/applyVoucher: ');
  expect(test).toContain("expect.fail(");
  expect(() => writeEndpoint(root, "basket/applyVoucher", "basket")).toThrow("basket-apply-voucher.ts exists already");
});

it.each(["", "/artist", "artist/", "Artist/details", "artist//details", "artist/../details", "artist/by-id", "artist details"])(
  "refuses %j, which is no method's path",
  (path) => {
    expect(() => writeEndpoint(root, path, "catalogue")).toThrow("is not a method's path");
  },
);

it("refuses a slice that is none", () => {
  expect(() => writeEndpoint(root, "artist/details", "albums")).toThrow('There is no slice "albums"');
});
