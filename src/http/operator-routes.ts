/** What operators ask over HTTP: /health, /ready and /metrics. */
import type { Registry } from "prom-client";
import { secretCheck } from "../operation/caller.js";
import type { Config } from "../config/config.js";
import type { Route } from "./request-listener.js";
import { sendJson, sendText } from "./responses.js";

interface Readiness {
  readonly status: "ready" | "degraded" | "unready";
}

/** Answers while the process lives. */
export const healthRoute: Route = (_request, response) => {
  response.writeHead(200, { "Content-Length": 0 }).end();
};

/** 503 only where `unready`: while 7digital is down all copies are degraded, and they still serve from their caches. */
export function readyRoute(readReadiness: () => Promise<Readiness>): Route {
  return async (_request, response) => {
    const readiness = await readReadiness();
    sendJson(response, readiness.status === "unready" ? 503 : 200, readiness);
  };
}

interface MetricsOptions extends Pick<Config, "profile" | "metricsSecret"> {
  /** The metrics of all processes, where there are several. */
  readonly readAll: (() => Promise<string>) | undefined;
}

/** Public in the profile `open`. In `locked` it takes the secret as a bearer token, and is not found where no secret is set. */
export function metricsRoute(registry: Registry, { profile, metricsSecret, readAll }: MetricsOptions): Route {
  const isExpected = secretCheck(metricsSecret);
  return async ({ headers: { authorization } }, response) => {
    const bearer = /^bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? null;
    if (profile === "open" || isExpected(bearer)) {
      const body = await (readAll?.() ?? registry.metrics());
      response.writeHead(200, { "Content-Type": registry.contentType, "Content-Length": Buffer.byteLength(body) }).end(body);
    } else if (metricsSecret === undefined) sendText(response, 404, "No metrics here: METRICS_SECRET is not set.");
    else sendText(response, 401, "Send METRICS_SECRET as a bearer token.", { "WWW-Authenticate": "Bearer" });
  };
}
