/** The routes of programs and operators as a handler within another HTTP server, which owns the connections. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { createRequestListener } from "../http/request-listener.js";
import { pathOf } from "../http/request-path.js";
import type { ServerAmbient } from "./ambient.js";
import { createFoundation } from "./foundation.js";
import { createRoutes } from "./routes.js";
import type { ServerConfig } from "./server-config.js";
import { graphqlPath } from "./surfaces.js";

/** @param next Called with what is not at one of the paths. Without it, that gets 404. */
export type Handle = (request: IncomingMessage, response: ServerResponse, next?: () => void) => void;

export interface Handler {
  readonly handle: Handle;
  /** From now on /ready says that the server is not ready. Subscriptions end. */
  readonly drain: () => void;
  /** Resolves when purchases under way have ended, and other calls have ended or had a second. */
  readonly close: () => Promise<void>;
}

/** @param base Path that the routes are below, such as "/music"; "" for none. */
export async function createHandler(config: ServerConfig, ambient: ServerAmbient, base: string): Promise<Handler> {
  const foundation = await createFoundation(config, ambient);
  const { telemetry, services } = foundation;
  const routes = createRoutes(foundation, base);
  const { report } = telemetry;
  const listener = createRequestListener({ graphqlPath: base + graphqlPath, graphiql: undefined, routes, isReserved: () => false, report });
  return {
    handle(request, response, next) {
      const url = wholeUrl(request);
      if (next !== undefined && !routes.has(pathOf({ url }))) {
        next();
        return;
      }
      request.url = url;
      listener(request, response);
    },
    drain() {
      telemetry.drain();
      services.interrupt();
    },
    async close() {
      telemetry.drain();
      services.interrupt();
      await services.close();
    },
  };
}

/** Express takes the path of a mounted handler off the URL, and keeps the whole one. */
function wholeUrl({ originalUrl, url = "/" }: IncomingMessage & { readonly originalUrl?: string }): string {
  return originalUrl ?? url;
}
