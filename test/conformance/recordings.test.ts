/** Every recorded answer of a method that we declare decodes without loss: what another parser finds in the XML is found in the decoded value. */
import { XMLParser } from "fast-xml-parser";
import { describe, expect, it } from "vitest";
import { readByBoth } from "../support/both-readers.js";
import { Reading } from "../../src/upstream/xml/reading.js";
import { readEndpoints } from "../support/endpoints.js";
import { hasRecordings, readRecordings } from "../support/given-material.js";

const endpoints = await readEndpoints();
const endpointOf = (method: string) => endpoints.find(({ path }) => path.toLowerCase() === method.toLowerCase());
const answers = readRecordings().filter(({ method }) => endpointOf(method) !== undefined);
const refused = answers.filter(({ body }) => !body.includes("<response") || /status\s*=\s*"error"/.test(body));
const successful = answers.filter((answer) => !refused.includes(answer));

/** Elements whose text, and whose ids, must not be lost. */
const texts = new Set([
  ...["title", "name", "appearsAs", "sortName", "barcode", "isrc", "text", "key"],
  ...["value", "formattedPrice", "rrp", "formattedRrp", "sevendigitalPrice", "recommendedRetailPrice", "currencyCode"],
  ...["itemName", "artistName", "trackId", "releaseId", "amount", "formattedAmount", "purchaseId", "purchaseDate"],
  ...["releaseDate", "addedDate", "streamingReleaseDate", "previewDate", "fromDate", "toDate", "serverTime"],
  ...["emailAddress", "last4digits", "cardHolderName", "cardholderName"],
]);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
});

function foundInXml(body: string): string[] {
  const found: string[] = [];
  const visit = (name: string, node: unknown): void => {
    if (Array.isArray(node)) {
      for (const item of node) visit(name, item);
    } else if (typeof node === "string") {
      if (texts.has(name) && node.trim() !== "") found.push(node);
    } else if (typeof node === "object" && node !== null) {
      for (const [key, value] of Object.entries(node)) {
        if (key === "@id" || key === "@code") found.push(String(value));
        else if (key === "#text") visit(name, value);
        else if (!key.startsWith("@")) visit(key, value);
      }
    }
  };
  visit("", parser.parse(body));
  return found;
}

function foundInValue(value: unknown): Map<string, number> {
  const counts = new Map<string, number>();
  const visit = (node: unknown): void => {
    if (typeof node === "string") counts.set(node, (counts.get(node) ?? 0) + 1);
    else if (typeof node === "object" && node !== null) Object.values(node).forEach(visit);
  };
  visit(value);
  return counts;
}

describe.skipIf(!hasRecordings)("recorded answers (skipped where no recordings are given)", () => {
  it("are there", () => {
    expect(successful.length).toBeGreaterThan(50);
    expect(refused.length).toBeGreaterThan(2);
  });

  it.each(successful)("$file loses no id, title, price, barcode or date", ({ method, body }) => {
    const endpoint = endpointOf(method);
    if (endpoint === undefined) throw new Error(method);
    const decoded = foundInValue(readByBoth(endpoint, { httpStatus: 200, body }));
    const lost = foundInXml(body).filter((text) => {
      const left = decoded.get(text) ?? 0;
      decoded.set(text, left - 1);
      return left <= 0;
    });
    expect(lost).toEqual([]);
  });

  it.each(successful)("$file differs in nothing from what the decoders know", ({ method, body }) => {
    const endpoint = endpointOf(method);
    if (endpoint === undefined) throw new Error(method);
    const reading = new Reading(endpoint.path);
    readByBoth(endpoint, { httpStatus: 200, body }, { reading });
    expect(reading.findings()).toEqual([]);
  });

  it.each(refused)("$file is a typed error", ({ method, body }) => {
    const endpoint = endpointOf(method);
    if (endpoint === undefined) throw new Error(method);
    const code = body.includes("<response") ? "UPSTREAM_REJECTED_INPUT" : "UPSTREAM_BAD_RESPONSE";
    expect(() => readByBoth(endpoint, { httpStatus: 200, body })).toThrow(
      expect.objectContaining({ name: "UpstreamError", code }) as Error,
    );
  });
});
