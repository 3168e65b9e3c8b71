/** What agents may run: the described operations of this installation, and those that the operator registered. */
import { createTools, type Tools } from "../agents/tools.js";
import type { Config } from "../config/config.js";
import type { ExampleOperation } from "../http/graphiql/example-operations.js";
import type { ReadInstalled } from "../http/installed-files.js";
import { registeredIn } from "../operation/persisted-operations.js";
import type { Log } from "../telemetry/log.js";
import { publicView } from "./schema.js";

export interface AgentTools {
  readonly byName: Tools["byName"];
  /** Of this server. */
  readonly version: string;
}

interface Sources {
  readonly examples: readonly ExampleOperation[];
  readonly read: ReadInstalled;
  readonly log: Log;
}

/** Undefined where they are off. A registered operation replaces one of ours with its name. */
export function agentTools(
  { mcp, mcpPurchases, persistedOperations }: Pick<Config, "mcp" | "mcpPurchases" | "persistedOperations">,
  { examples, read, log }: Sources,
): AgentTools | undefined {
  if (!mcp) return undefined;
  const registered = persistedOperations === undefined ? [] : registeredIn(persistedOperations).values();
  const documents = [...examples.map(({ query }) => query), ...registered];
  const { byName, leftOut } = createTools(publicView, documents, { purchases: mcpPurchases });
  log.info({ tools: byName.size, leftOut }, "tools for agents");
  const { version } = JSON.parse(read("package.json")) as { version: string };
  return { byName, version };
}
