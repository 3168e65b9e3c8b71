import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { endpointFileName, endpointName, writeEndpoint } from "../../../scripts/new-endpoint.js";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "new-endpoint-"));
});
afterEach(() => rm(root, { recursive: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}
const read = (path: string) => readFile(join(root, path), "utf8");

it.each([
  ["status", "status", "status"],
  ["basket/applyVoucher", "basketApplyVoucher", "basket-apply-voucher"],
  ["artist/match/byId", "artistMatchById", "artist-match-by-id"],
  ["basket/create2", "basketCreate2", "basket-create2"],
  ["users/{id}/update", "usersIdUpdate", "users-id-update"],
  ["catalogue/artist-byurl", "catalogueArtistByurl", "catalogue-artist-byurl"],
])("names %s by its path", (path, name, file) => {
  expect([endpointName(path), endpointFileName(path)]).toEqual([name, file]);
});

it("writes a declaration and a test that fails, and touches neither a second time", async () => {
  expect(writeEndpoint(root, "basket/applyVoucher", "basket")).toEqual({
    endpoint: "src/basket/endpoints.ts",
    test: "test/unit/basket/endpoints/basket-apply-voucher.test.ts",
    name: "basketApplyVoucher",
  });
  const endpoint = await read("src/basket/endpoints.ts");
  expect(endpoint).toContain('export const basketApplyVoucher = endpoint({\n  path: "basket/applyVoucher",');
  const test = await read("test/unit/basket/endpoints/basket-apply-voucher.test.ts");
  expect(test).toContain('import { basketApplyVoucher } from "../../../../src/basket/endpoints.js";');
  expect(test).toContain('it("basket/applyVoucher: ');
  expect(test).toContain("expect.fail(");
  expect(() => writeEndpoint(root, "basket/applyVoucher", "basket")).toThrow("declared already, in src/basket/endpoints.ts");
  expect(await read("src/basket/endpoints.ts")).toBe(endpoint);
  expect(await read("test/unit/basket/endpoints/basket-apply-voucher.test.ts")).toBe(test);
});

it("adds a declaration behind those of the same subject, and what it needs to the imports", async () => {
  const file = "src/catalogue/endpoints/artist.ts";
  const imports = `/** Methods for artists. */
import { flag } from "../../upstream/request/params.js";
import {
  list,
  inside,
} from "../../upstream/xml/decode.js";
import { catalogueRead } from "../catalogue-read.js";
`;
  const declared = `
/** artist/details: $& is kept. */
export const artistDetails = catalogueRead({ path: "artist/details", params: { flag }, result: inside(list()) });
`;
  await write(file, imports + declared);
  expect(writeEndpoint(root, "artist/recommend", "catalogue").endpoint).toBe(file);
  const [head = "", added] = (await read(file)).split(declared);
  expect(head).toBe(imports.replace("{ flag }", "{ flag, id }") + 'import { token } from "../../upstream/xml/values.js";\n');
  expect(added).toMatch(
    /^\n\/\*\* artist\/recommend: .*\*\/\nexport const artistRecommend = catalogueRead\(\{\n {2}path: "artist\/recommend",/,
  );
});

it("writes nothing where another file declares the method, or the test exists", async () => {
  await write("src/catalogue/endpoints/tag.ts", 'export const artistTags = endpoint({ path: "artist/tags" });\n');
  expect(() => writeEndpoint(root, "artist/tags", "catalogue")).toThrow("declared already, in src/catalogue/endpoints/tag.ts");
  await write("test/unit/catalogue/endpoints/artist-new.test.ts", "kept");
  expect(() => writeEndpoint(root, "artist/new", "catalogue")).toThrow("artist-new.test.ts exists already");
  expect(await read("test/unit/catalogue/endpoints/artist-new.test.ts")).toBe("kept");
  await expect(read("src/catalogue/endpoints/artist.ts")).rejects.toThrow("ENOENT");
});

it.each(["", "/artist", "artist/", "Artist/details", "artist//details", "artist/../details", "artist/by-", "users/{id", "artist details"])(
  "refuses %j, which is no method's path",
  (path) => {
    expect(() => writeEndpoint(root, path, "catalogue")).toThrow("is not a method's path");
  },
);

it("refuses a slice that is none", () => {
  expect(() => writeEndpoint(root, "artist/details", "albums")).toThrow('There is no slice "albums"');
});
