/** Every method of 7digital's own client, called against the sandbox. */

import { createRequire } from "node:module";
import { request } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startConformance, type CallResult, type Conformance } from "./client.js";
import { calls, type Parameters } from "./node-client-calls.js";

interface ClientSchema {
  readonly resources: Readonly<Record<string, { readonly actions: readonly { readonly methodName: string }[] }>>;
}
const { resources } = createRequire(import.meta.url)("7digital-api/assets/7digital-api-schema.json") as ClientSchema;
const methods = Object.entries(resources).flatMap(([resource, { actions }]) =>
  actions.map(({ methodName }) => `${resource}.${methodName}`),
);

let running: Conformance;
beforeAll(async () => {
  running = await startConformance();
});
beforeEach(async () => {
  await request(`${running.origin}/_sandbox/reset`, { method: "POST" });
});
afterAll(() => running.end());

function send(name: string, parameters: Parameters): Promise<CallResult> {
  const [resource = "", method = ""] = name.split(".");
  const token = calls[name]?.user;
  const defaultParams = token === undefined ? {} : { accesstoken: token, accesssecret: `${token}-secret` };
  return running.call({ resource, method, args: [parameters], options: { defaultParams } });
}

async function ask(name: string, parameters: Parameters): Promise<unknown> {
  const result = await send(name, parameters);
  if ("error" in result) throw new Error(`${name}: ${JSON.stringify(result.error)}`);
  return result.values[0];
}

it("there are 61, and each is called here", () => {
  expect(methods).toHaveLength(61);
  expect(Object.keys(calls).sort()).toEqual([...methods].sort());
});

const works = Object.entries(calls).filter(([, { fails }]) => fails === undefined);

describe("works:", () => {
  it.each(works)("%s", async (name, { parameters, root }) => {
    const answer = await ask(name, typeof parameters === "function" ? await parameters(ask) : parameters);
    expect(answer).toMatchObject({ status: "ok" });
    const content = Object.keys(answer as object).filter(
      (key) => !["status", "version", "xmlns:xsi", "xsi:noNamespaceSchemaLocation"].includes(key),
    );
    expect(content).toEqual(root === null ? [] : [root]);
  });
});

describe("is not answered:", () => {
  it.each(Object.entries(calls).filter(([, { fails }]) => fails !== undefined))("%s", async (name, { parameters }) => {
    const result = await send(name, typeof parameters === "function" ? await parameters(ask) : parameters);
    expect(result, "it works now: remove why it does not").toHaveProperty("error");
  });
});
