/** A span for every try of a call, in the trace of its operation. 7digital gets the `traceparent`, and nothing else that OpenTelemetry may carry. */
import { isSpanContextValid, ROOT_CONTEXT, SpanKind, SpanStatusCode, type SpanContext, type Tracer } from "@opentelemetry/api";
import type { Answer, Layer } from "../pipeline.js";
import { failureEnd } from "./observe.js";

export function trace(tracer: Tracer): Layer<Answer> {
  return (next) => async (call) => {
    const { path, effect } = call.endpoint;
    const attributes = { "sevendigital.method": path, "sevendigital.effect": effect };
    const span = tracer.startSpan(`7digital ${path}`, { kind: SpanKind.CLIENT, attributes }, call.meter?.trace ?? ROOT_CONTEXT);
    try {
      const answer = await next({ ...call, traceparent: traceparentOf(span.spanContext()) });
      span.setAttributes({ "sevendigital.outcome": "OK", "http.response.status_code": answer.httpStatus });
      return answer;
    } catch (error) {
      const { outcome = "INTERNAL_SERVER_ERROR", httpStatus } = failureEnd(error) ?? {};
      span.setAttributes({ "sevendigital.outcome": outcome, ...(httpStatus !== undefined && { "http.response.status_code": httpStatus }) });
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  };
}

/** @see W3C Trace Context, 3.2 */
function traceparentOf(context: SpanContext): string | undefined {
  if (!isSpanContextValid(context)) return undefined;
  return `00-${context.traceId}-${context.spanId}-${context.traceFlags.toString(16).padStart(2, "0")}`;
}
