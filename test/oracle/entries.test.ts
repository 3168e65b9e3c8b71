/** The entries of the package answer the same operations as the service: the same data, the same errors by code and path, the same calls. */
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { isDeepStrictEqual } from "node:util";
import express from "express";
import { graphql, parse, type ExecutionResult } from "graphql";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createGraph, createServer, type Settings } from "../../src/entries/index.js";
import { createMiddleware } from "../../src/entries/middleware.js";
import { startSandbox, type Sandbox } from "../../src/entries/sandbox.js";
import { answersDiffer } from "../support/surface-answers.js";
import { commonOperations, furtherOperations, type SurfaceOperation } from "../support/surface-operations.js";
import type { Answer } from "./comparison.js";

interface Entry {
  readonly answer: (operation: SurfaceOperation) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

interface Run {
  readonly answer: Answer;
  /** Methods that 7digital was asked, sorted. */
  readonly calls: readonly string[];
}

// Every operation costs all of its calls, and a slow machine is no difference.
const unhurried = { CACHE_MAX_BYTES: 0, SEVENDIGITAL_TIMEOUT_MS: 60_000, SEVENDIGITAL_MAX_WAIT_MS: 60_000, LIMIT_OPERATION_MS: 120_000 };
const operations = [...commonOperations(100), ...furtherOperations(20)];

let sandbox: Sandbox;
let settings: Settings;
let expected: readonly Run[];
beforeAll(async () => {
  sandbox = await startSandbox();
  settings = { ...sandbox.settings, ...unhurried, PROFILE: "open", PORT: 0, LOG_LEVEL: "silent" };
  const { url, close } = await createServer(settings);
  expected = await runAll({ answer: posted(url), close });
}, 300_000);
afterAll(() => sandbox.close());

async function runAll({ answer, close }: Entry): Promise<readonly Run[]> {
  const runs: Run[] = [];
  for (const operation of operations) {
    sandbox.clearCalls();
    const answered = await answer(operation);
    runs.push({
      answer: answered,
      calls: sandbox
        .calls()
        .map(({ method }) => method)
        .sort(),
    });
  }
  await close();
  return runs;
}

function posted(url: string): Entry["answer"] {
  return async ({ document, variables, headers }) => {
    const body = JSON.stringify({ query: document, variables });
    const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
    return (await response.json()) as Answer;
  };
}

/** As over HTTP: objects of graphql-js have no prototype. */
function asSent(result: ExecutionResult): Answer {
  return JSON.parse(JSON.stringify(result)) as Answer;
}

const headersOf = { requestOf: (headers: SurfaceOperation["headers"]) => ({ headers }) };

const entries: readonly (readonly [name: string, start: () => Promise<Entry>])[] = [
  [
    "routes in Express, after express.json()",
    async () => {
      const music = await createMiddleware(settings, { path: "/music" });
      const server = createHttpServer(express().use(express.json()).use(music.handle)).listen(0, "127.0.0.1");
      await once(server, "listening");
      return {
        answer: posted(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/music/graphql`),
        async close() {
          server.closeAllConnections();
          server.close();
          await music.close();
        },
      };
    },
  ],
  [
    "the executor",
    async () => {
      const { executor, close } = await createGraph(settings, headersOf);
      return {
        answer: async ({ document, variables, headers }) =>
          asSent(await executor({ document: parse(document), variables, context: headers })),
        close,
      };
    },
  ],
  [
    "the schema",
    async () => {
      const { schema, close } = await createGraph(settings, headersOf);
      return {
        answer: async ({ document, variables, headers }) =>
          asSent(await graphql({ schema, source: document, variableValues: variables, contextValue: headers })),
        close,
      };
    },
  ],
];

it.each(entries)("%s", { timeout: 300_000 }, async (_, start) => {
  const runs = await runAll(await start());
  const differences = runs.flatMap(({ answer, calls }, index) => {
    const wanted = expected[index];
    const differs = wanted === undefined ? "not asked" : answersDiffer(wanted.answer, answer);
    const isAlike = differs === undefined && isDeepStrictEqual(calls, wanted?.calls);
    return isAlike ? [] : [{ operation: operations[index]?.document, differs, calls, wanted: wanted?.calls }];
  });
  expect(differences).toEqual([]);
  expect(expected.filter(({ answer }) => answer.data !== undefined).length).toBeGreaterThan(80);
});
