/** What the XML reader makes of an answer shows in the values that are decoded from it. */
import { describe, expect, it } from "vitest";
import { attribute, child, children, inside, listOf, object } from "../../../src/upstream/xml/decode.js";
import { readByBoth } from "../../support/both-readers.js";
import { text } from "../../../src/upstream/xml/values.js";
import { UpstreamError } from "../../../src/upstream/errors.js";

const label = object({ id: attribute("id"), name: child("name", text) });
const release = object({ id: attribute("id"), title: child("title", text), label: child("label", label) });
const details = { path: "release/details", auth: "key", result: inside("release", release) } as const;
const chart = { path: "release/chart", auth: "key", result: inside("chart", object({ releases: children("release", release) })) } as const;
const instance = "http://www.w3.org/2001/XMLSchema-instance";

function ok(content: string): string {
  return `<?xml version="1.0" encoding="utf-8"?>\r\n<response status="ok" version="1.2">\r\n${content}\r\n</response>\r\n`;
}

function read(content: string) {
  return readByBoth(details, { httpStatus: 200, body: ok(content) });
}

describe("an answer", () => {
  it.each([
    ["an entity of HTML", "Bj&ouml;rk&hellip;", "Björk…"],
    ["a control character", "Party\u000b &#55357;&#56832;&#x0B;", "Party\ufffd 😀\ufffd"],
    ["a comment inside a word", "Pa<!-- x -->rty", "Party"],
    ["a processing instruction", "Pa<?php echo 1 ?>rty", "Party"],
    ["CDATA in between", "a<![CDATA[&]]>b", "a&b"],
    ["markup", "See <b>this</b> too", "See this too"],
    ["a line end", "one\r\ntwo", "one\ntwo"],
  ])("with %s in a title has the title that is meant", (_, written, title) => {
    expect(read(`<release id="1"><title>${written}</title></release>`).title).toBe(title);
  });

  it("with entities in an attribute has the id that is meant", () => {
    expect(read(`<release id="a&amp;b&#x26;&nbsp;c"/>`).id).toBe("a&b&\u00a0c");
  });

  it.each([
    `<label xsi:nil="1"/>`,
    `<label i:nil="true" xmlns:i="${instance}"/>`,
    `<label xsi:nil=" true "><name>Parlophone</name></label>`,
    `<label xmlns=""/>`,
    `<label xmlns:xsi="${instance}" xsi:nil="false"/>`,
  ])("has no label where it says %s", (element) => {
    expect(read(`<release id="1">${element}</release>`).label).toBeNull();
  });

  it("has a label where a default namespace is undone", () => {
    expect(read(`<release id="1" xmlns=""><label id="2" xmlns="u"><name xmlns="">EMI</name></label></release>`).label).toEqual({
      id: "2",
      name: "EMI",
    });
  });

  it("leaves out what is nil in a list, under any prefix", () => {
    const body = ok(`<chart xmlns:i="${instance}"><release id="1"/><release i:nil="true"/><release xsi:nil="1"/><release id="2"/></chart>`);
    expect(readByBoth(chart, { httpStatus: 200, body }).releases.map(({ id }) => id)).toEqual(["1", "2"]);
  });

  it("with text among elements is read, and the text left out", () => {
    const body = ok(`<note>see <b>this</b> too</note><chart>\u0000<release id="1"/>, <release id="2"/></chart>`);
    expect(readByBoth(chart, { httpStatus: 200, body }).releases.map(({ id }) => id)).toEqual(["1", "2"]);
  });

  it("may have white space in front of its declaration", () => {
    expect(readByBoth(details, { httpStatus: 200, body: `\r\n ${ok('<release id="1"/>')}` }).id).toBe("1");
  });

  it.each([
    ["an unknown entity", "<title>&bogus;</title>", "an unknown entity"],
    ["a bare ampersand", "<title>R & B</title>", "an ampersand that begins no reference"],
    ["too many elements", "<title/>".repeat(80_000), "too many elements and attributes"],
    ["too many attributes", `<title ${Array.from({ length: 257 }, (_, i) => `b${i}=""`).join(" ")}/>`, "too many attributes"],
    ["an end that is missing", "<title>", "an end tag that does not match"],
  ])("with %s is a bad response, and its message has none of it", (_, content, problem) => {
    const failure = (() => {
      try {
        return read(`<release id="1">${content}</release>`);
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toBeInstanceOf(UpstreamError);
    expect(failure).toMatchObject({
      code: "UPSTREAM_BAD_RESPONSE",
      message: `7digital answered release/details with not one whole XML document: ${problem}.`,
    });
  });

  it("of many items has them all", () => {
    const items = object({ items: child("items", listOf("item", text)) });
    const body = ok(`<items>${'<item id="1">x</item>'.repeat(30_000)}</items>`);
    expect(readByBoth({ path: "x", auth: "key", result: items }, { httpStatus: 200, body }).items).toHaveLength(30_000);
  });
});
