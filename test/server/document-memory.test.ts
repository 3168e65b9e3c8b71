/** Which parsed documents are kept for the next who sends them. */
import { createYoga } from "graphql-yoga";
import { parse } from "graphql";
import { expect, it } from "vitest";
import { readConfig } from "../../src/config.js";
import { schema } from "../../src/graph/schema.js";
import { DocumentMemory } from "../../src/server/document-memory.js";
import { documentPlugin } from "../../src/server/document-plugin.js";

it("are those that are valid: others take no room from them", async () => {
  const memory = new DocumentMemory();
  const yoga = createYoga({
    schema,
    logging: false,
    plugins: [documentPlugin(readConfig({}), memory, () => undefined)],
    parserAndValidationCache: { documentCache: memory },
  });
  const send = async (query: string): Promise<number> => {
    const headers = { "content-type": "application/json", accept: "application/graphql-response+json" };
    const answer = await yoga.fetch("http://localhost/graphql", { method: "POST", headers, body: JSON.stringify({ query }) });
    return answer.status;
  };
  expect([await send("{ __typename }"), await send("{ nothing }"), await send("{")]).toEqual([200, 400, 400]);
  expect(memory.get("{ __typename }")).toMatchObject({ kind: "Document" });
  expect([memory.get("{ nothing }"), memory.get("{")]).toEqual([undefined, undefined]);
});

it("are bounded by their tokens", () => {
  const memory = new DocumentMemory();
  const texts = Array.from({ length: 40 }, (_, nth) => `{ a${String(nth)}${" __typename".repeat(1990)} }`);
  for (const text of texts) memory.keep(parse(text));
  const kept = texts.filter((text) => memory.get(text) !== undefined);
  expect(kept.length).toBeGreaterThan(15);
  expect(kept.length).toBeLessThan(30);
  expect(kept.at(-1)).toBe(texts.at(-1));
});
