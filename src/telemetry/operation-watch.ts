/** Observes every operation, from parameters to response, for metrics, log and traces. */
import { ROOT_CONTEXT, trace, type Context, type Span, type Tracer } from "@opentelemetry/api";
import type { OperationTypeNode } from "graphql";
import type { Metered, Observation, Observe } from "../operation/observation.js";
import type { Header, OperationResponse } from "../operation/request.js";
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

export function createOperationWatch(watchers: Watchers): Observe {
  return ({ header }, operationName) =>
    new WatchedOperation(watchers, header, typeof operationName === "string" ? operationName : undefined);
}

class WatchedOperation implements Observation {
  private readonly startedMs = performance.now();
  private readonly span: Span;
  private kind: OperationFacts["kind"] = "none";

  constructor(
    private readonly watchers: Watchers,
    private readonly header: Header,
    private name: string | undefined,
  ) {
    this.span = startOperationSpan(watchers.tracer, traceOf(header));
  }

  get trace(): Context {
    return trace.setSpan(ROOT_CONTEXT, this.span);
  }

  prepared(type: OperationTypeNode, name: string | undefined): void {
    this.kind = type;
    this.name ??= name;
  }

  end(response: Pick<OperationResponse, "codes">, meter: Metered | undefined): void {
    const { span, kind } = this;
    const { log, metrics, redact } = this.watchers;
    // The client went away, so how the rest of the operation ended says nothing.
    const codes = meter?.abandoned === true ? ["CLIENT_CLOSED_REQUEST"] : response.codes;
    const durationMs = performance.now() - this.startedMs;
    metrics.countOperation({ kind, codes, durationMs, meter });
    const isLogged = log.isLevelEnabled("info");
    const name = this.name !== undefined && (isLogged || span.isRecording()) ? shortened(redact(this.name)) : undefined;
    endOperationSpan(span, { kind, name, codes });
    if (!isLogged) return;
    log.info(
      {
        operationName: name,
        kind,
        durationMs: Math.round(durationMs * 10) / 10,
        upstreamCalls: meter?.sentCalls ?? 0,
        outcome: codes.length === 0 ? "OK" : "ERRORS",
        codes: codes.length === 0 ? undefined : [...new Set(codes)],
        requestId: this.requestId(),
        traceId: traceIdOf(span),
      },
      "operation",
    );
  }

  private requestId(): string {
    const given = this.header("x-request-id");
    return given !== null && requestIdPattern.test(given) ? given : this.watchers.newId();
  }
}
