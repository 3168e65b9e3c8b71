/** What operators ask over HTTP: /health, /ready and /metrics. */
import { secretCheck } from "../operation/caller.js";
import type { Config } from "../config/config.js";
import type { Route } from "./request-listener.js";
import { sendText } from "./responses.js";

interface Readiness {
  readonly status: "ready" | "degraded" | "unready";
  readonly reasons: readonly string[];
}

/** Prometheus text, and the Content-Type that names its format. */
interface MetricsText {
  readonly contentType: string;
  metrics(): Promise<string>;
}

/** Answers while the process lives. */
export const healthRoute: Route = (_request, response) => {
  response.writeHead(200, { "Content-Length": 0 }).end();
};

/** 503 only where `unready`: while 7digital is down all copies are degraded, and they still serve from their caches. */
export function readyRoute(readReadiness: () => Promise<Readiness>): Route {
  return async (_request, response) => {
    const readiness = await readReadiness();
    const body = JSON.stringify(readiness);
    const headers = { "Content-Type": "application/json; charset=utf-8", "Content-Length": Buffer.byteLength(body) };
    response.writeHead(readiness.status === "unready" ? 503 : 200, headers).end(body);
  };
}

/** Public in the profile `open`. In `locked` it takes the secret as a bearer token, and is not found where no secret is set. */
export function metricsRoute(source: MetricsText, { profile, metricsSecret }: Pick<Config, "profile" | "metricsSecret">): Route {
  const isExpected = secretCheck(metricsSecret);
  return async ({ headers: { authorization } }, response) => {
    const bearer = /^bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? null;
    if (profile === "open" || isExpected(bearer)) {
      const body = await source.metrics();
      response.writeHead(200, { "Content-Type": source.contentType, "Content-Length": Buffer.byteLength(body) }).end(body);
    } else if (metricsSecret === undefined) sendText(response, 404, "No metrics here: METRICS_SECRET is not set.");
    else sendText(response, 401, "Send METRICS_SECRET as a bearer token.", { "WWW-Authenticate": "Bearer" });
  };
}
