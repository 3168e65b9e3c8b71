/** `7digital-graphql/middleware`: the routes of the service within an HTTP server of yours. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { readGiven } from "../config/config.js";
import { prepare } from "./prepare.js";
import type { Settings } from "./settings.js";

export type { Settings, SettingValue } from "./settings.js";

export interface Middleware {
  /** For `http.createServer`, `app.use` of Express, and the hook `onRequest` of Fastify. It answers what is at one of its paths, and calls
   *  `next` with the rest; without `next`, the rest gets 404. */
  readonly handle: (request: IncomingMessage, response: ServerResponse, next?: () => void) => void;
  /** Call it before you close your server: `/ready` says that load balancers should use another copy, and subscriptions end. Requests are
   *  still answered. */
  readonly drain: () => void;
  /** Call it after your server has closed. Resolves when purchases under way have ended, and other calls have ended or had a second. */
  readonly close: () => Promise<void>;
}

export interface MiddlewareOptions {
  /** What the paths begin with, as clients see them, e.g. "/music" for "/music/graphql". Without it, nothing. */
  readonly path?: string;
}

const pathPattern = /^(?:\/[\w.~-]+)*$/;

/** Serves `/graphql`, `/subgraph`, `/mcp`, `/schema.graphql`, `/health`, `/ready` and `/metrics`, below `path`. Settings of the server itself
 *  (`HOST`, `PORT`, `KEEP_ALIVE_MS`, `STOP_DRAIN_MS`, `STOP_GRACE_MS`, `LIMIT_SOCKETS`) do nothing here: connections are your server's.
 *  @throws ConfigError that lists every mistake in the settings @throws TypeError for a path of another form */
export async function createMiddleware(settings: Settings = {}, { path = "" }: MiddlewareOptions = {}): Promise<Middleware> {
  if (!pathPattern.test(path)) throw new TypeError('The path must begin with "/" and must not end in one, for example "/music".');
  const { config, ambient, warn, release } = await prepare(readGiven({ ...settings }));
  const { createHandler } = await import("../app/handler.js");
  const { handle, drain, close } = await createHandler(config, ambient, path);
  warn();
  return {
    handle,
    drain,
    async close() {
      await close();
      await release();
    },
  };
}
