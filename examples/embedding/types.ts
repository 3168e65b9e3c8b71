/** What an importer may write; compiled in a consumer's project, with `skipLibCheck` off. */
import { createServer as createHttpServer } from "node:http";
import { ConfigError, createGraph, createServer, environmentSettings, type Graph, type Server, type Settings } from "7digital-graphql";
import { createClient } from "7digital-graphql/client";
import { createMiddleware, type Middleware } from "7digital-graphql/middleware";
import { readMediaError } from "7digital-graphql/redirects";
import { startSandbox, type FaultRule, type Sandbox } from "7digital-graphql/sandbox";
import { graphql, parse, type ExecutionResult } from "graphql";

interface Context {
  readonly headers: Headers;
  readonly signal: AbortSignal;
}

const settings: Settings = {
  ...environmentSettings(),
  PORT: 0,
  HOST: "127.0.0.1",
  MCP_PURCHASES: false,
  LOG_LEVEL: process.env["LOG_LEVEL"],
};
// @ts-expect-error A name that is no setting.
export const misspelt: Settings = { PROT: 0 };

export async function everything(): Promise<readonly unknown[]> {
  const server: Server = await createServer(settings);
  const middleware: Middleware = await createMiddleware(settings, { path: "/music" });
  createHttpServer(middleware.handle);
  const graph: Graph = await createGraph(settings, { requestOf: ({ headers, signal }: Context) => ({ headers, signal }) });
  const ofExecutor: ExecutionResult<{ artist: null }> = await graph.executor<{ artist: null }>({
    document: parse("{ __typename }"),
    variables: {},
  });
  const ofSchema: ExecutionResult = await graphql({ schema: graph.schema, source: "{ __typename }" });
  const sandbox: Sandbox = await startSandbox({ port: 0, now: () => 0 });
  const rule: FaultRule = { method: "*", times: 1, fault: { kind: "delay", ms: 10 } };
  sandbox.addFault(rule)();
  for (const { close } of [server, middleware, graph, sandbox]) await close();
  const client = createClient({ consumerKey: "key", consumerSecret: "secret" });
  await client.close();
  return [ofExecutor, ofSchema, readMediaError("https://shop.example"), new ConfigError([]).mistakes];
}
