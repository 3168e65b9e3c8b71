import { describe, expect, it } from "vitest";
import { releaseChart } from "../../src/catalogue/endpoints/release.js";
import { UpstreamError } from "../../src/upstream/errors.js";
import { readAnswer } from "../../src/upstream/xml/envelope.js";
import { XmlError } from "../../src/upstream/xml/xml-error.js";
import { readXml } from "../../src/upstream/xml/xml.js";
import { okXml } from "../support/fake-upstream.js";
import { hasRecordings, readRecordings } from "../support/given-material.js";
import { hostileDocuments } from "../support/hostile-documents.js";

describe("the limits of the XML reader", () => {
  // 40 to 200 ms each where this was written; what grows with the square of the size takes minutes.
  it.each(hostileDocuments(4 * 1024 * 1024))("bound the time for 4 MiB of $name", ({ source }) => {
    const document = source();
    const before = process.cpuUsage();
    try {
      readXml(document);
    } catch (error) {
      expect(error).toBeInstanceOf(XmlError);
    }
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1500);
  });
});

describe("a response that is read in one pass and then by a tree", () => {
  // At most 220 ms where this was written.
  it.each(hostileDocuments(4 * 1024 * 1024))("takes bounded time for 4 MiB of $name", ({ source }) => {
    const body = Buffer.from(okXml(`<chart>${source()}</chart>`));
    const before = process.cpuUsage();
    try {
      readAnswer(releaseChart, { httpStatus: 200, body });
    } catch (error) {
      expect(error).toBeInstanceOf(UpstreamError);
    }
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(1500);
  });
});

describe.skipIf(!hasRecordings)("a recorded document (skipped where none are given)", () => {
  it("is refused wherever it is cut", () => {
    const whole = readRecordings()
      .map(({ body }) => body.trim())
      .filter((body) => body.startsWith("<"))
      .sort((a, b) => a.length - b.length);
    expect(whole.length).toBeGreaterThan(100);
    const some = [...whole.slice(0, 40), ...whole.slice(60, 70)];
    for (const body of some) {
      expect(() => readXml(body)).not.toThrow();
      for (let end = 0; end < body.length; end += 1) expect(() => readXml(body.slice(0, end))).toThrow(XmlError);
    }
  }, 120_000);
});
