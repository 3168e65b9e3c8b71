import { describe, expect, it } from "vitest";
import { ByteCollector } from "../../../src/upstream/wire/byte-collector.js";

const bytesOf = (text: string): Buffer => Buffer.from(Buffer.from(text));

function collected(maxBytes: number, chunks: readonly Buffer[]): { readonly text: string; readonly added: readonly boolean[] } {
  const collector = new ByteCollector(maxBytes);
  const added = chunks.map((chunk) => collector.add(chunk));
  return { text: collector.bytes().toString(), added };
}

describe("the chunks of a body", () => {
  it("are not copied where there is one", () => {
    const chunk = bytesOf("<a/>");
    const collector = new ByteCollector(100);
    collector.add(Buffer.alloc(0));
    collector.add(chunk);
    expect(collector.bytes().buffer).toBe(chunk.buffer);
    expect(collector.bytes().byteOffset).toBe(chunk.byteOffset);
    expect(collector.bytes().toString()).toBe("<a/>");
  });

  it("are joined, and stay as they were", () => {
    const chunks = ["<a>", "", "text", "</a>", "\n".repeat(40_000)].map(bytesOf);
    expect(collected(100_000, chunks).text).toBe(`<a>text</a>${"\n".repeat(40_000)}`);
    expect(chunks[0]?.toString()).toBe("<a>");
  });

  it("are refused beyond the limit, together", () => {
    expect(collected(5, ["abc", "def", "de"].map(bytesOf))).toEqual({ text: "abcde", added: [true, false, true] });
    expect(collected(5, ["abcdef"].map(bytesOf))).toEqual({ text: "", added: [false] });
  });

  it("are none at first", () => {
    expect(collected(5, [])).toEqual({ text: "", added: [] });
  });
});
