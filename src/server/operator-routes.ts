/** What whoever runs the service asks for over HTTP: whether to send more requests, and the metrics. */
import type { Registry } from "prom-client";
import type { Config } from "../config.js";
import { sayPlainly } from "./answers.js";
import { secretCheck } from "./credentials.js";
import type { ReadinessWatch } from "./ready.js";
import type { Route } from "./request-listener.js";

export function readyRoute(readiness: ReadinessWatch): Route {
  return async (_request, response) => {
    const found = await readiness.look();
    const body = JSON.stringify(found);
    const headers = { "Content-Type": "application/json; charset=utf-8", "Content-Length": Buffer.byteLength(body) };
    response.writeHead(found.status === "unready" ? 503 : 200, headers).end(body);
  };
}

/** For everybody in `open`; in `locked` for whoever knows the secret, and not there at all where there is none. */
export function metricsRoute(registry: Registry, { profile, metricsSecret }: Pick<Config, "profile" | "metricsSecret">): Route {
  const isExpected = secretCheck(metricsSecret);
  return async ({ headers: { authorization } }, response) => {
    const bearer = /^bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? null;
    if (profile === "open" || isExpected(bearer)) {
      const body = await registry.metrics();
      response.writeHead(200, { "Content-Type": registry.contentType, "Content-Length": Buffer.byteLength(body) }).end(body);
    } else if (metricsSecret === undefined) sayPlainly(response, 404, "There are no metrics here: METRICS_SECRET is not set.");
    else sayPlainly(response, 401, "Send the secret of the metrics as a bearer.", { "WWW-Authenticate": "Bearer" });
  };
}
