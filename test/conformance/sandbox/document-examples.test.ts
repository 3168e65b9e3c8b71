import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { askExactly, pathsOf } from "../../support/sandbox/ask.js";
import { documentedAnswers, documentText } from "./api-document.js";
import { documentExamples, type DocumentExample } from "./document-examples.js";
import { signedCall, type Signer } from "../../support/sandbox/signed-call.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

/** What the sandbox answers to the example: its paths. */
async function answered(example: DocumentExample): Promise<ReadonlyMap<string, string>> {
  const { request, added, signedBy } = example;
  const call = `${request}${added === undefined ? "" : `&${added}`}`;
  const { status, text } =
    signedBy === undefined
      ? await askExactly(`${sandbox.baseUrl}/${call}`)
      : await signedCall(sandbox.baseUrl, withoutOAuth(call), tokenOf(signedBy));
  expect(status, text.slice(0, 300)).toBe(200);
  return pathsOf(text);
}

const withoutOAuth = (call: string) => call.replace(/oauth_[^&]*&?/g, "");

function tokenOf(signedBy: DocumentExample["signedBy"]): Signer {
  if (signedBy === "consumer") return {};
  if (signedBy === "user") return { token: "demo-token" };
  const { token, secret } = sandbox.accounts.issueRequestToken(null);
  const user = sandbox.accounts.signIn("demo@sandbox.test", "demo");
  if (user !== undefined) sandbox.accounts.authorise(token, user);
  return { token, secret };
}

describe("an example of the API document is answered as the document shows", () => {
  it.each(documentExamples)("$request", async (example) => {
    const { paths, values = {} } = example;
    const found = await answered(example);
    expect(found.get("response/@status")).toBe("ok");
    expect(paths.filter((path) => !found.has(path))).toEqual([]);
    expect(Object.fromEntries(Object.keys(values).map((path) => [path, found.get(path)]))).toEqual(values);
  });
});

describe("the API document itself (skipped where it is not given)", () => {
  const text = documentText();
  const examples = text === undefined ? [] : documentedAnswers(text);

  it.skipIf(text === undefined)("has the examples that are written down here, and no others", () => {
    const requests = examples.map(({ request }) => request).filter((request) => !request.startsWith("method?"));
    expect([...requests].sort()).toEqual(documentExamples.map(({ request }) => request).sort());
  });

  it.skipIf(text === undefined)("shows no end of a path that is not written down here", () => {
    for (const { request, paths } of documentExamples) {
      const shown = examples.find((example) => example.request === request)?.paths ?? [];
      const ends = shown.filter((path) => !shown.some((other) => other.startsWith(`${path}/`)));
      const known = [...paths, ...paths.map((path) => path.replace(/\/[^/]+$/, "")), "response/chart/chartItem", "response/artist"];
      expect({ request, unknown: ends.filter((path) => !known.includes(path)) }).toEqual({ request, unknown: [] });
    }
  });

  it.skipIf(text === undefined)("shows no path that the sandbox leaves out", async () => {
    for (const example of documentExamples) {
      const { request } = example;
      const shown = examples.find((one) => one.request === request)?.paths ?? [];
      const found = await answered(example);
      expect({ request, missing: shown.filter((path) => !found.has(path)) }).toEqual({ request, missing: [] });
    }
  });
});
