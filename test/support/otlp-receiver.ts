/** A collector of traces that keeps what it gets, by OTLP over HTTP with JSON. @see https://opentelemetry.io/docs/specs/otlp/#otlphttp */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

interface KeyValue {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number };
}

export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** 2 is a server, 3 a client. */
  readonly kind: number;
  readonly attributes: readonly KeyValue[];
}

interface TracesRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly { readonly scope: { readonly name: string }; readonly spans: readonly ReceivedSpan[] }[];
  }[];
}

export interface OtlpReceiver {
  readonly endpoint: string;
  readonly spans: readonly ReceivedSpan[];
  /** Of the processes that sent them. */
  readonly resources: readonly Readonly<Record<string, unknown>>[];
  /** All bodies, as they came. */
  text(): string;
  close(): void;
}

export function attributesOf(values: readonly KeyValue[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(values.map(({ key, value }) => [key, value.stringValue ?? value.intValue]));
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const resources: Readonly<Record<string, unknown>>[] = [];
  const bodies: unknown[] = [];
  const server = createServer((request, response) => {
    if (request.method !== "POST" || request.url !== "/v1/traces") return void response.writeHead(404).end();
    void json(request).then((body) => {
      bodies.push(body);
      for (const { resource, scopeSpans } of (body as TracesRequest).resourceSpans) {
        resources.push(attributesOf(resource.attributes));
        spans.push(...scopeSpans.filter(({ scope }) => scope.name === "7digital-graphql").flatMap((scope) => scope.spans));
      }
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    spans,
    resources,
    text: () => JSON.stringify(bodies),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
