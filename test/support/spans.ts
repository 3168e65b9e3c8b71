/** A tracer that keeps in memory what it is told, as an SDK of OpenTelemetry would send it away. */
import {
  ROOT_CONTEXT,
  trace,
  type AttributeValue,
  type Context,
  type Span,
  type SpanContext,
  type SpanOptions,
  type Tracer,
} from "@opentelemetry/api";

export interface KeptSpan {
  name: string;
  readonly kind: number | undefined;
  readonly parent: SpanContext | undefined;
  readonly context: SpanContext;
  readonly attributes: Record<string, AttributeValue | undefined>;
  status: number | undefined;
  ended: boolean;
}

export interface KeepingTracer extends Tracer {
  readonly spans: KeptSpan[];
}

export function keepingTracer(): KeepingTracer {
  const spans: KeptSpan[] = [];
  let made = 0;

  function startSpan(name: string, { kind, attributes }: SpanOptions = {}, within: Context = ROOT_CONTEXT): Span {
    made += 1;
    const parent = trace.getSpanContext(within);
    const spanId = made.toString(16).padStart(16, "0");
    const context = { traceId: parent?.traceId ?? made.toString(16).padStart(32, "a"), spanId, traceFlags: parent?.traceFlags ?? 1 };
    const kept: KeptSpan = { name, kind, parent, context, attributes: { ...attributes }, status: undefined, ended: false };
    spans.push(kept);
    return spanOf(kept);
  }

  return {
    spans,
    startSpan,
    startActiveSpan(): never {
      throw new Error("Nothing goes by what is active.");
    },
  };
}

function spanOf(kept: KeptSpan): Span {
  const span: Span = {
    spanContext: () => kept.context,
    setAttribute: (name, value) => span.setAttributes({ [name]: value }),
    setAttributes(attributes) {
      Object.assign(kept.attributes, attributes);
      return span;
    },
    addEvent: () => span,
    addLink: () => span,
    addLinks: () => span,
    setStatus({ code }) {
      kept.status = code;
      return span;
    },
    updateName(name) {
      kept.name = name;
      return span;
    },
    end() {
      if (kept.ended) throw new Error("A span ends once.");
      kept.ended = true;
    },
    isRecording: () => true,
    recordException() {
      throw new Error("A message may hold a secret.");
    },
  };
  return span;
}
