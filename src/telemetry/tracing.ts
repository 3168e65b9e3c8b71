/** Spans of operations, through the OpenTelemetry API. Without an SDK in the process they cost almost nothing, and the caller's trace is
 *  still passed on to 7digital. @see W3C Trace Context */
import { setTimeout as wait } from "node:timers/promises";
import {
  createTraceState,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type Tracer,
} from "@opentelemetry/api";
import { errorLabel } from "./metric-labels.js";
import type { OperationFacts } from "./metrics.js";

/** Version, trace id, parent id, flags; later versions may append more after a dash. */
const traceparent = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** The trace that a request belongs to. ROOT_CONTEXT where its traceparent is missing or malformed. */
export function traceOf(header: (name: string) => string | null): Context {
  const given = header("traceparent");
  if (given === null) return ROOT_CONTEXT;
  const [, version, traceId = "", spanId = "", flags = "", more] = traceparent.exec(given) ?? [];
  if (version === "00" && more !== undefined) return ROOT_CONTEXT;
  const state = header("tracestate");
  const parent = {
    traceId,
    spanId,
    // Only the lowest bit (sampled) is defined.
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
    ...(state !== null && { traceState: createTraceState(state) }),
  };
  return isSpanContextValid(parent) ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
}

export function startOperationSpan(tracer: Tracer, parent: Context): Span {
  return tracer.startSpan("graphql", { kind: SpanKind.SERVER }, parent);
}

interface Ended extends Pick<OperationFacts, "kind" | "codes"> {
  /** Redacted and shortened: it comes from the client. */
  readonly name: string | undefined;
}

/** The span is not named after the operation, because clients choose those names. */
export function endOperationSpan(span: Span, { kind, name, codes }: Ended): void {
  if (span.isRecording()) {
    span.updateName(`graphql ${kind}`);
    span.setAttribute("graphql.operation.type", kind);
    if (name !== undefined) span.setAttribute("graphql.operation.name", name);
    if (codes[0] !== undefined) {
      span.setAttribute("error.type", errorLabel(codes[0]));
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
  }
  span.end();
}

export function traceIdOf(span: Span): string | undefined {
  const context = span.spanContext();
  return isSpanContextValid(context) ? context.traceId : undefined;
}

interface Flushing {
  readonly forceFlush?: () => Promise<void>;
  readonly getDelegate?: () => Flushing;
}

const flushMs = 2000;

/** Sends what an SDK in the process has not sent yet: it collects spans for some seconds. It never fails, and a collector that does not answer
 *  holds it up for two seconds at most. */
export async function flushSpans(): Promise<void> {
  // The API has no name for this. Its provider is a proxy, of which there may be another copy beside the SDK.
  const provider = trace.getTracerProvider() as Flushing;
  const sdk = provider.getDelegate?.() ?? provider;
  await Promise.race([sdk.forceFlush?.().catch(() => undefined), wait(flushMs, undefined, { ref: false })]);
}
