/** Settings: who may send what. */
import { z } from "zod";
import { listSetting, numberSetting, optionalSetting, secretSetting, setting } from "./setting.js";
import { listed, onOrOff, origin, secretWord, typeNamePrefix, yesOrNo } from "./setting-values.js";

const mebibyte = 1024 * 1024;

export const accessSettings = {
  profile: optionalSetting(
    "PROFILE",
    z.enum(["open", "locked"], { error: '"open" or "locked"' }),
    "open: GraphiQL, introspection and GET for all. locked: only for your own servers. open on the sandbox, else locked.",
  ),
  allowedOrigins: listSetting(
    "ALLOWED_ORIGINS",
    listed(origin),
    "Origins whose pages may call from a browser (CORS), beside our own and, on the sandbox, those of localhost.",
  ),
  gatewaySecret: secretSetting(
    "GATEWAY_SECRET",
    secretWord,
    "What a gateway of your own sends as x-7d-gateway-secret, to get its own limits instead of a browser's.",
  ),
  schemaPrefix: setting(
    "SCHEMA_PREFIX",
    "",
    typeNamePrefix,
    "Prefix of type names at /subgraph, e.g. Music, where other subgraphs have types of the same names.",
  ),
  metricsSecret: secretSetting("METRICS_SECRET", secretWord, "Bearer token for /metrics. Without it they are off in the profile `locked`."),
  trustedProxies: numberSetting("TRUSTED_PROXIES", 0, [0, 10], "How many proxies before us add to X-Forwarded-For; 0 ignores the header."),
  persistedOperations: optionalSetting(
    "PERSISTED_OPERATIONS",
    z.string(),
    "JSON file of the operations of your clients, by their SHA-256 in hex, as code generators write it.",
  ),
  automaticBytes: numberSetting(
    "PERSISTED_AUTOMATIC_BYTES",
    4 * mebibyte,
    [0, 256 * mebibyte],
    "Memory for operations that clients register by sending them once with their SHA-256; 0 for none.",
  ),
  publicCaching: setting(
    "PUBLIC_CACHING",
    "false",
    yesOrNo,
    "Whether CDNs may keep responses to GETs by hash, and not only browsers. Your contract with 7digital has to allow it.",
  ),
  persistedOnly: setting("PERSISTED_ONLY", "false", yesOrNo, "Whether only those of the file are executed."),
  mcp: optionalSetting(
    "MCP",
    onOrOff,
    "on: described operations are tools for agents, at /mcp. on in the profile `open`, off in `locked`.",
  ),
  mcpPurchases: setting("MCP_PURCHASES", "false", yesOrNo, "Whether operations that spend money are tools too."),
};
