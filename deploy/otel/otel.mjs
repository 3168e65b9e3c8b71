/** Sends traces to a collector by OTLP over HTTP: `node --import ./deploy/otel/otel.mjs dist/main.js`. Without an endpoint in the
 *  environment it loads nothing. Endpoint, headers, sampling and attributes are read by the SDK from OTEL_*. */
const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, OTEL_SERVICE_NAME } = process.env;

if (OTEL_EXPORTER_OTLP_ENDPOINT || OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) {
  const [{ trace }, { BasicTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, resources] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace-base"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
  ]);
  const { defaultResource, detectResources, envDetector, resourceFromAttributes, serviceInstanceIdDetector } = resources;
  const named = resourceFromAttributes({ "service.name": OTEL_SERVICE_NAME || "7digital-graphql" });
  const detected = detectResources({ detectors: [serviceInstanceIdDetector, envDetector] });
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({
      resource: defaultResource().merge(named).merge(detected),
      spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
    }),
  );
}
