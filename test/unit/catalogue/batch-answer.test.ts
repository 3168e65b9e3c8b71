/** How answers for several items are read, and which of their parts is whose. */
import { expect, it } from "vitest";
import { releaseDetailsBatch } from "../../../src/catalogue/endpoints/release.js";
import { trackDetailsBatch } from "../../../src/catalogue/endpoints/track.js";
import { outcomesOf } from "../../../src/upstream/batch.js";
import { readByBoth } from "../../support/both-readers.js";
import { Unreadable } from "../../../src/upstream/xml/unreadable.js";
import { okXml } from "../../support/fake-upstream.js";

function read(content: string) {
  return readByBoth(releaseDetailsBatch, { httpStatus: 200, body: okXml(content) });
}

const release = (id: string) => `<release id="${id}"><title>${id}</title></release>`;
/** By id: the id of the answer, the code of the error, or what else is there. */
function outcomes(releases: readonly string[], errors: readonly (readonly [id: string, code: string])[], ids: readonly string[]) {
  const failed = errors.map(([id, code]) => `<error itemId="${id}" code="${code}"/>`);
  const answer = read(`<items><releases>${releases.join("")}</releases><errors>${failed.join("")}</errors></items>`);
  return outcomesOf(answer, ids).map((outcome) => {
    if (outcome === undefined) return "left out";
    if (!("value" in outcome)) return outcome.code;
    return outcome.value instanceof Unreadable ? "unreadable" : outcome.value.releaseId;
  });
}

it("release/details/batch: reads items and errors, each with its ID", () => {
  const error = '<error itemId=" 7 " code="2001"><errorMessage>No such release</errorMessage></error>';
  const { items, errors } = read(`<items><releases>${release("1")}</releases><errors>${error}<error code="2001"/></errors></items>`);
  expect(items).toMatchObject([{ itemId: "1", value: { releaseId: "1", title: "1", price: undefined } }]);
  expect(errors).toEqual([{ itemId: "7", code: "2001", message: "No such release" }]);
});

it("track/details/batch: reads items and errors, each with its ID", () => {
  const track = '<track id="5"><title>Five</title><release id="8"/></track>';
  const body = okXml(`<items><tracks>${track}<track i:nil="true" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"/></tracks></items>`);
  const { items, errors } = readByBoth(trackDetailsBatch, { httpStatus: 200, body });
  expect(items).toMatchObject([{ itemId: "5", value: { trackId: "5", title: "Five", release: { releaseId: "8" } } }]);
  expect(errors).toEqual([]);
});

it.each(["<items/>", "<items><releases/><errors/></items>", "<items></items>"])("has nothing in %s", (content) => {
  expect(read(content)).toEqual({ items: [], errors: [] });
});

it("is no answer without its list of items", () => {
  expect(() => read(release("1"))).toThrow("an unexpected shape");
});

it.each([
  ["in another order", ["3", "1", "2"].map(release), [], ["1", "2", "3"]],
  ["twice, as the first", [...["1", "2", "1", "3"].map(release)], [], ["1", "2", "3"]],
  ["with others", ["1", "2", "9", "3"].map(release), [], ["1", "2", "3"]],
] as const)("finds items %s", (_, releases, errors, expected) => {
  expect(outcomes(releases, errors, ["1", "2", "3"])).toEqual(expected);
});

it.each([
  ["left out", ["1", "3"].map(release), [], ["1", "left out", "3"]],
  ["left out beside one that comes twice", ["1", "3", "3"].map(release), [], ["1", "left out", "3"]],
  ["left out beside one that was not asked for, out of its place", ["9", "1", "3"].map(release), [], ["1", "left out", "3"]],
  ["an error", ["1", "3"].map(release), [["2", "2002"]], ["1", "2002", "3"]],
  ["unreadable in its place", [release("1"), "<release/>", release("3")], [], ["1", "unreadable", "3"]],
  ["an item although it has an error as well", ["1", "2", "3"].map(release), [["2", "2001"]], ["1", "2", "3"]],
  ["merged into another, in its place", ["1", "77", "3"].map(release), [], ["1", "77", "3"]],
] as const)("says that an item is %s", (_, releases, errors, expected) => {
  expect(outcomes(releases, errors, ["1", "2", "3"])).toEqual(expected);
});
