import { describe, expect, it } from "vitest";
import { BodyError, readBody, textOf } from "../../../src/upstream/wire/body-text.js";

function read(bytes: Buffer, contentType?: string): string {
  return textOf(readBody(bytes, { contentEncoding: undefined, contentType, maxBytes: 1000 }));
}

const latin = (text: string): Buffer => Buffer.from(text, "latin1");
const utf16 = (text: string): Buffer => Buffer.from(text, "utf16le");
const bigEndian = (text: string): Buffer => utf16(text).swap16();

describe("a body", () => {
  const form = { contentEncoding: undefined, contentType: undefined, maxBytes: 1000 };

  it("of valid UTF-8 stays bytes, the same ones", () => {
    const bytes = Buffer.from("\ufeff<a>Sigur Rós</a>");
    expect(readBody(bytes, form)).toBe(bytes);
    expect(textOf(readBody(bytes, form))).toBe("<a>Sigur Rós</a>");
  });

  it("of another charset is text", () => {
    expect(readBody(utf16("<a>Sigur Rós</a>"), form)).toBe("<a>Sigur Rós</a>");
    expect(readBody(latin("<a>R\xf3s</a>"), { ...form, contentType: "text/xml; charset=iso-8859-1" })).toBe("<a>Rós</a>");
  });
});

describe("the charset of a body", () => {
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
    ["in single quotes", "text/xml; charset='utf-8'"],
    ["in double quotes", 'text/xml; charset="utf-8"'],
    ["in capitals", "text/xml; CHARSET=UTF-8"],
    ["with white space", "text/xml ;  charset = utf-8 "],
    ["by another name", "text/xml; charset=utf8"],
    ["before another parameter", "text/xml; charset=utf-8; version=1.2"],
    ["in a header that came twice", "text/xml; charset=utf-8, text/xml; charset=utf-8"],
    ["in the second of two headers", "text/xml, application/xml; charset=utf-8"],
  ])("is found %s", (_how, contentType) => {
    // In Latin letters, the declaration would be right.
    const bytes = Buffer.from('<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>');
    expect(read(bytes, contentType)).toContain("<a>é</a>");
  });
});

describe("the bytes of a body decide, whatever its labels say", () => {
  it.each(["utf16le", "utf16be"])("half a surrogate pair in %s is one character that cannot be read", (form) => {
    const le = Buffer.from("\ufeff<a>x\ud800y</a>", "utf16le");
    const bytes = form === "utf16le" ? le : Buffer.from(le).swap16();
    expect(read(bytes, undefined)).toBe("<a>x\ufffdy</a>");
  });

  const xml = '<?xml version="1.0" encoding="utf-16"?><a>é€</a>';

  it.each<[string, Buffer, string | undefined]>([
    ["a byte order mark of UTF-8", Buffer.from(`\ufeff${xml}`), "text/xml; charset=iso-8859-1"],
    ["a byte order mark of UTF-16", utf16(`\ufeff${xml}`), "text/xml; charset=utf-8"],
    ["a byte order mark of UTF-16, big end first", bigEndian(`\ufeff${xml}`), "text/xml; charset=utf-16le"],
    ["UTF-16 without a mark", utf16(xml), undefined],
    ["UTF-16 without a mark, big end first", bigEndian(xml), "text/xml; charset=utf-8"],
    ["UTF-8 that is declared to be UTF-16", Buffer.from(xml), undefined],
    ["UTF-8 that is labelled UTF-16", Buffer.from(xml), "text/xml; charset=UTF-16"],
    ["UTF-8 that is labelled UCS-2", Buffer.from(xml), "text/xml; charset=ucs-2"],
    ["UTF-8 in a charset that nobody knows", Buffer.from(xml), "text/xml; charset=klingon"],
  ])("%s", (_what, bytes, contentType) => {
    expect(read(bytes, contentType)).toBe(xml);
  });

  it("so the declaration counts where the label cannot be right", () => {
    const bytes = latin('<?xml version="1.0" encoding="windows-1252"?><a>\xe9\x80</a>');
    for (const charset of ["klingon", "utf-8"]) expect(read(bytes, `text/xml; charset=${charset}`)).toContain("<a>é€</a>");
  });

  it("so UTF-8 that declares itself is not read as Latin letters because a server labels everything so", () => {
    const declared = '<?xml version="1.0" encoding="UTF-8"?>';
    expect(read(Buffer.from(`${declared}<a>Sigur Rós</a>`), "text/xml; charset=ISO-8859-1")).toContain("<a>Sigur Rós</a>");
    expect(read(latin(`${declared}<a>Sigur R\xf3s</a>`), "text/xml; charset=ISO-8859-1")).toContain("<a>Sigur Rós</a>");
  });

  it("empty bytes are an empty text, in whatever compression", () => {
    expect(textOf(readBody(Buffer.alloc(0), { contentEncoding: "gzip", contentType: "text/plain; charset=none", maxBytes: 1000 }))).toBe(
      "",
    );
  });

  it.each([
    ["bytes that are not UTF-8", latin("<a>\xe9</a>"), undefined],
    ["bytes that are not UTF-8 in a charset that nobody knows", latin("<a>\xe9</a>"), "text/xml; charset=klingon"],
    ["half a character of UTF-16", Buffer.concat([utf16("<a/>"), Buffer.from([0x3c])]), undefined],
  ])("%s are refused", (_what, bytes, contentType) => {
    expect(() => read(bytes, contentType)).toThrow(BodyError);
  });
});
