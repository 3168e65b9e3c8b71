/** Settings: who may send what. */
import { z } from "zod";
import { listSetting, optionalSetting, setting } from "./setting.js";
import { listed, origin, secretWord, wholeNumber, yesOrNo } from "./setting-values.js";

export const accessSettings = {
  profile: optionalSetting("PROFILE", {
    description:
      "open: GraphiQL, introspection, GET for everybody. locked: for none but your own servers. open on the sandbox, else locked.",
    value: z.enum(["open", "locked"], { error: '"open" or "locked"' }),
  }),
  allowedOrigins: listSetting("ALLOWED_ORIGINS", {
    description: "Origins whose pages may ask from a browser (CORS). Without it those of no other origin may.",
    value: listed(origin),
  }),
  gatewaySecret: optionalSetting("GATEWAY_SECRET", {
    description: "What a gateway of your own sends as x-7d-gateway-secret, to be held to its own limits and not to a browser's.",
    value: secretWord,
    secret: true,
  }),
  metricsSecret: optionalSetting("METRICS_SECRET", {
    description: "Bearer token for /metrics. Without it they are off in the profile `locked`.",
    value: secretWord,
    secret: true,
  }),
  trustedProxies: setting("TRUSTED_PROXIES", {
    description: "How many proxies before us add to X-Forwarded-For; 0 believes none of it.",
    fallback: "0",
    value: wholeNumber(0, 10),
  }),
  persistedOperations: optionalSetting("PERSISTED_OPERATIONS", {
    description: "JSON file of the operations of your clients, by their SHA-256 in hex, as code generators write it.",
    value: z.string(),
  }),
  persistedOnly: setting("PERSISTED_ONLY", {
    description: "Whether those are the only ones to be executed.",
    fallback: "false",
    value: yesOrNo,
  }),
};
