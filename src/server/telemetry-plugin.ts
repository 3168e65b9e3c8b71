/** Watches every operation from its first byte read to its result: for the metrics, the log and the trace. It changes nothing. */
import { ROOT_CONTEXT, trace, type Context, type Span, type Tracer } from "@opentelemetry/api";
import { getOperationAST, type ExecutionArgs, type ExecutionResult } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { OperationMeter } from "../graph/operation-meter.js";
import { shortened, type Log } from "./log.js";
import type { Metrics, OperationFacts } from "./metrics.js";
import { endOperationSpan, startOperationSpan, traceIdOf, traceOf } from "./tracing.js";

interface Watchers {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracer: Tracer;
  /** Takes out of a text what neither a log nor a trace may hold. */
  readonly scrub: (text: string) => string;
  /** Names requests that bring no name. */
  readonly newId: () => string;
}

/** What this plugin gives to the context of an operation, and what it reads there when it is over. */
interface Traced {
  readonly request: Request;
  /** Whose trace the calls of the operation belong to. */
  trace?: Context;
  /** Counts its calls, from when it is let in. */
  readonly meter?: OperationMeter;
}

/** An operation under way. */
interface Watch {
  readonly startedMs: number;
  readonly span: Span;
  context?: Traced;
  kind: OperationFacts["kind"];
  name: string | undefined;
}

const ownName = /^[\w.:-]{1,100}$/;

export function telemetryPlugin({ log, metrics, tracer, scrub, newId }: Watchers): Plugin<Traced> {
  const watches = new WeakMap<Request, Watch>();

  function end(request: Request, codes: readonly string[]): void {
    const watch = watches.get(request);
    if (watch === undefined) return;
    watches.delete(request);
    const { kind, span, startedMs } = watch;
    const meter = watch.context?.meter;
    const durationMs = performance.now() - startedMs;
    metrics.operation({ kind, codes, durationMs, meter });
    const isLogged = log.isLevelEnabled("info");
    const name = watch.name !== undefined && (isLogged || span.isRecording()) ? shortened(scrub(watch.name)) : undefined;
    endOperationSpan(span, { kind, name, codes });
    if (!isLogged) return;
    const given = request.headers.get("x-request-id");
    log.info(
      {
        operationName: name,
        kind,
        durationMs: Math.round(durationMs * 10) / 10,
        upstreamCalls: meter?.sentCalls ?? 0,
        outcome: codes.length === 0 ? "OK" : "ERRORS",
        codes: codes.length === 0 ? undefined : [...new Set(codes)],
        requestId: given !== null && ownName.test(given) ? given : newId(),
        traceId: traceIdOf(span),
      },
      "operation",
    );
  }

  return {
    onRequestParse({ request }) {
      const parent = traceOf((name) => request.headers.get(name));
      const span = startOperationSpan(tracer, parent);
      watches.set(request, { startedMs: performance.now(), span, kind: "none", name: undefined });
    },

    onParams({ request, params }) {
      const watch = watches.get(request);
      if (watch !== undefined && typeof params.operationName === "string") watch.name = params.operationName;
    },

    onExecute({ args }) {
      const context = args.contextValue as Traced;
      const watch = watches.get(context.request);
      if (watch === undefined) return;
      const { document, operationName } = args as ExecutionArgs;
      const operation = getOperationAST(document, operationName);
      watch.kind = operation?.operation ?? "none";
      watch.name ??= operation?.name?.value;
      watch.context = context;
      context.trace = trace.setSpan(ROOT_CONTEXT, watch.span);
    },

    onResultProcess({ request, result }) {
      // What the rest of it came to says nothing about 7digital or us.
      const isGone = watches.get(request)?.context?.meter?.abandoned === true;
      end(request, isGone ? ["GIVEN_UP"] : codesOf(result as ExecutionResult));
    },

    // What was refused without a result: there is no more to be said of it.
    onResponse({ request }) {
      end(request, ["BAD_REQUEST"]);
    },
  };
}

function codesOf({ errors }: ExecutionResult): readonly string[] {
  if (errors === undefined) return [];
  return errors.map(({ extensions }) => (typeof extensions["code"] === "string" ? extensions["code"] : "OTHER"));
}
