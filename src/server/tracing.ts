/** Spans of operations, by OpenTelemetry's interface alone: without an SDK in the process they cost next to nothing, and the caller's
 *  trace is passed on all the same. @see W3C Trace Context */
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

/** Version, trace, parent, flags; what later versions add comes after one more dash. */
const traceparent = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** The trace that a request belongs to; a new one where it names none, or not as it should. */
export function traceOf(header: (name: string) => string | null): Context {
  const given = header("traceparent");
  const [, version, traceId = "", spanId = "", flags = "", more] = traceparent.exec(given ?? "") ?? [];
  if (version === "00" && more !== undefined) return ROOT_CONTEXT;
  const state = header("tracestate");
  const parent = {
    traceId,
    spanId,
    // Only the first bit has a meaning.
    traceFlags: Number.parseInt(flags, 16) & 1,
    isRemote: true,
    ...(state !== null && { traceState: createTraceState(state) }),
  };
  return isSpanContextValid(parent) ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
}

export function startOperationSpan(tracer: Tracer, parent: Context): Span {
  return tracer.startSpan("graphql", { kind: SpanKind.SERVER }, parent);
}

interface Ended {
  readonly kind: string;
  /** Fit to be read: it may be anything that a client wrote. */
  readonly name: string | undefined;
  readonly codes: readonly string[];
}

/** The span's own name has few values: clients choose those of operations. */
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
