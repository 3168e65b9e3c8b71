/** Runs every example against a server on the embedded sandbox, as a client does: over a socket. Each finds empty caches, so its calls are
 *  those of a first request. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kind, OperationTypeNode, parse, valueFromASTUntyped, type OperationDefinitionNode } from "graphql";
import { createServer } from "../../../src/entries/index.js";
import { sandboxSettings } from "../../../src/entries/sandbox-settings.js";
import { bearerHeaders } from "../../../src/http/graphiql/tabs.js";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { createSealer } from "../../../src/shared/sealing.js";
import type { Example, ExampleRun } from "./example.js";
import { placeholderValue, valuesOf, type Stage } from "./values.js";

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly unknown[];
}

type Headers = Readonly<Record<string, string>>;

/** In bytes. The servers share a key, so that each opens what another sealed. */
const secret = new Uint8Array(32).fill(7);

/** 7digital's ID of the sandbox's demo user. */
const demoUser = 1_000_001;

/** One after another, in their order: an example may need what an earlier one did.
 *  @throws Error that names the first example whose response has an error, a user error, or null at its root. */
export async function runExamples(examples: readonly Example[]): Promise<readonly ExampleRun[]> {
  const sandbox = await startSandbox({ images: "sandbox" });
  const folder = mkdtempSync(join(tmpdir(), "docs-examples-"));
  const start = () => createServer({ ...settings(sandbox), DATA_DIRECTORY: folder });
  // Each server adds a listener to the process.
  process.setMaxListeners(0);
  const preparing = await start();
  try {
    const stage = stageOf(preparing.url, sandbox);
    const user = await bearerHeaders(createSealer([{ kid: "docs", secret }], Date.now), { key: "demo-token", secret: "demo-token-secret" });
    const runs: ExampleRun[] = [];
    for (const example of examples) {
      const prepared = await prepare(example, stage);
      const server = await start();
      try {
        runs.push(await run(prepared, server.url, sandbox, user));
      } finally {
        await server.close();
      }
    }
    return runs;
  } finally {
    await preparing.close();
    await sandbox.close();
    rmSync(folder, { recursive: true });
  }
}

function settings({ baseUrl }: Sandbox) {
  return {
    ...sandboxSettings(baseUrl, { key: "sandbox", secret: "sandbox-secret" }),
    PORT: 0,
    PROFILE: "open",
    // The sandbox sends irregular responses on purpose, which are warnings.
    LOG_LEVEL: "error",
    LIMIT_PURCHASES_PER_MINUTE: 0,
    LIMIT_VOUCHERS_PER_MINUTE: 0,
    SEALING_KEYS: `docs:${Buffer.from(secret).toString("base64")}`,
  };
}

function stageOf(url: string, sandbox: Sandbox): Stage {
  return {
    async ask(query, variables = {}) {
      const { data, errors } = (await (await post(url, { query, variables }, {})).json()) as Answer;
      if (!data || errors !== undefined) throw new Error(`An example cannot be prepared: ${JSON.stringify(errors)}`);
      return data;
    },
    agree(authorizeUrl) {
      const user = sandbox.accounts.user(demoUser);
      if (user === undefined) throw new Error("The sandbox has no demo user.");
      sandbox.accounts.authorise(new URL(authorizeUrl).searchParams.get("oauth_token") ?? "", user);
    },
  };
}

interface Prepared extends Example {
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

async function prepare(example: Example, stage: Stage): Promise<Prepared> {
  const operation = parse(example.document).definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error(`${example.file} has an example without an operation.`);
  const name = operation.name?.value ?? "";
  const variables: Record<string, unknown> = { ...(await valuesOf(example.file, name, stage)) };
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    const value: unknown = defaultValue && valueFromASTUntyped(defaultValue);
    const actual = typeof value === "string" ? await placeholderValue(value, name, stage) : undefined;
    if (actual !== undefined) variables[variable.name.value] = actual;
  }
  return { ...example, operation, variables };
}

async function run({ operation, ...example }: Prepared, url: string, sandbox: Sandbox, user: Headers): Promise<ExampleRun> {
  const { document, variables, file, title } = example;
  const asUser = /\b(?:viewer|itemPurchase|basketPurchase|purchaseAttempt)\b/.test(document);
  const isSubscription = operation.operation === OperationTypeNode.SUBSCRIPTION;
  // The quota is known after a first call.
  await post(url, { query: "{ artist(id: 36567) { name } }" }, {});
  sandbox.journal.clear();
  const accept = isSubscription ? "text/event-stream" : "application/graphql-response+json";
  const answered = await post(url, { query: document, variables }, { accept, ...(asUser ? user : {}) });
  const answer = isSubscription ? lastEvent(await answered.text()) : ((await answered.json()) as Answer);
  const calls = new Map<string, number>();
  for (const { method } of sandbox.journal.entries()) calls.set(method, (calls.get(method) ?? 0) + 1);
  const { data } = answer;
  if (!data || answer.errors !== undefined || Object.values(data).includes(null) || JSON.stringify(data).includes(`"userErrors":[{`)) {
    throw new Error(`The example ${title} of ${file} failed: ${JSON.stringify(answer)}`);
  }
  return { ...example, asUser, response: data, calls };
}

function post(url: string, body: object, headers: Headers): Promise<Response> {
  return fetch(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });
}

/** @throws Error if the subscription did not complete. */
function lastEvent(text: string): Answer {
  const results = [...text.matchAll(/^event: next\ndata: (.*)$/gm)];
  const last = results.at(-1)?.[1];
  if (last === undefined || !/^event: complete$/m.test(text)) throw new Error(`A subscription did not complete: ${text}`);
  return JSON.parse(last) as Answer;
}
