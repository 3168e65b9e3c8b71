import { describe, expect, it } from "vitest";
import { BodyError, bodyText } from "../../src/upstream/body-text.js";

function read(bytes: Buffer, contentType?: string): string {
  return bodyText(bytes, { contentEncoding: undefined, contentType, maxBytes: 1000 });
}

describe("the charset of a body", () => {
  const latin = (text: string): Buffer => Buffer.from(text, "latin1");

  it("is UTF-8 when nobody says", () => {
    expect(read(Buffer.from("<a>Beyoncé €</a>"))).toBe("<a>Beyoncé €</a>");
  });

  it("is what the content type says, whatever the XML declaration says", () => {
    const bytes = Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>');
    expect(read(bytes, 'text/xml; charset="UTF-8"')).toContain("<a>é</a>");
  });

  it("is what the XML declaration says when the content type is silent", () => {
    const bytes = latin('\r\n<?xml version="1.0" encoding="iso-8859-1"?><a>\xe9\x80\x93</a>');
    expect(read(bytes, "text/xml")).toContain("<a>é€“</a>");
  });

  it("is windows-1252 in every letter of it, by each of its names", () => {
    const all = latin("\x80\x85\x8a\x91\x99\x9f\xa3\xff\x81");
    for (const name of ["windows-1252", "ISO-8859-1", "latin1", "us-ascii"])
      expect(read(all, `text/xml;charset=${name}`)).toBe("€…Š‘™Ÿ£ÿ\x81");
  });

  it("loses its byte order mark", () => {
    expect(read(Buffer.from("\ufeff<a/>"))).toBe("<a/>");
  });

  it.each([
    ["bytes that are not UTF-8", latin("<a>\xe9</a>"), undefined],
    ["a charset nobody knows", latin("<a/>"), "text/xml; charset=klingon"],
  ])("refuses %s", (_what, bytes, contentType) => {
    expect(() => read(bytes, contentType)).toThrow(BodyError);
  });
});
