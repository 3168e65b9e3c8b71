/** Observes every operation, from parameters to response, for metrics, log and traces. */
import { ROOT_CONTEXT, trace, type Tracer } from "@opentelemetry/api";
import type { Observe } from "../operation/observation.js";
import { shortened, type Log } from "./log.js";
import type { Metrics, OperationFacts } from "./metrics.js";
import { endOperationSpan, startOperationSpan, traceIdOf, traceOf } from "./tracing.js";

interface Watchers {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracer: Tracer;
  /** Removes secrets from a text. */
  readonly redact: (text: string) => string;
  /** For requests without an x-request-id. */
  readonly newId: () => string;
}

const requestIdPattern = /^[\w.:-]{1,100}$/;

export function createOperationWatch({ log, metrics, tracer, redact, newId }: Watchers): Observe {
  return ({ header }, operationName) => {
    const startedMs = performance.now();
    const span = startOperationSpan(tracer, traceOf(header));
    let kind: OperationFacts["kind"] = "none";
    let writtenName = typeof operationName === "string" ? operationName : undefined;
    return {
      trace: trace.setSpan(ROOT_CONTEXT, span),
      prepared(type, name) {
        kind = type;
        writtenName ??= name;
      },
      end(response, meter) {
        // The client went away, so how the rest of the operation ended says nothing.
        const codes = meter?.abandoned === true ? ["CLIENT_CLOSED_REQUEST"] : response.codes;
        const durationMs = performance.now() - startedMs;
        metrics.countOperation({ kind, codes, durationMs, meter });
        const isLogged = log.isLevelEnabled("info");
        const name = writtenName !== undefined && (isLogged || span.isRecording()) ? shortened(redact(writtenName)) : undefined;
        endOperationSpan(span, { kind, name, codes });
        if (!isLogged) return;
        const given = header("x-request-id");
        log.info(
          {
            operationName: name,
            kind,
            durationMs: Math.round(durationMs * 10) / 10,
            upstreamCalls: meter?.sentCalls ?? 0,
            outcome: codes.length === 0 ? "OK" : "ERRORS",
            codes: codes.length === 0 ? undefined : [...new Set(codes)],
            requestId: given !== null && requestIdPattern.test(given) ? given : newId(),
            traceId: traceIdOf(span),
          },
          "operation",
        );
      },
    };
  };
}
