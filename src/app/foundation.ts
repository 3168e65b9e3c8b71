/** What every way to serve the graph stands on: installed files, telemetry, services and registered operations. */
import { join } from "node:path";
import { readOperations } from "../http/graphiql/example-operations.js";
import { installedFiles } from "../http/installed-files.js";
import { readPersistedOperations } from "../operation/persisted-operations.js";
import { secretsOf } from "../telemetry/redact.js";
import { createTelemetry } from "../telemetry/telemetry.js";
import type { ServerAmbient } from "./ambient.js";
import type { ServerConfig } from "./server-config.js";
import { joinCopies } from "./redis.js";
import { createServices } from "./services.js";

export type Foundation = Awaited<ReturnType<typeof createFoundation>>;

/** @param ownOrigins Where the server itself can be reached, if return URLs may lead there.
 *  @throws Error where PERSISTED_OPERATIONS cannot be read. */
export async function createFoundation(config: ServerConfig, given: ServerAmbient, ownOrigins: () => readonly string[] = () => []) {
  const redis = await joinCopies(config, given);
  const ambient = redis === undefined ? given : { ...given, redis, peers: redis.peers };
  const persisted = readPersistedOperations(config.persistedOperations);
  const telemetry = createTelemetry({ ...ambient, secrets: secretsOf(config) });
  return {
    config,
    ambient,
    persisted,
    telemetry,
    services: createServices(config, ambient, telemetry, () => [...config.returnOrigins, ...ownOrigins()]),
    read: installedFiles(ambient.rootDirectory),
    /** The described operations of this installation. */
    examples: readOperations(join(ambient.rootDirectory, "schema/operations")),
  };
}
