/** Every setting, by its member of the configuration. This is the one declaration: types, parsing and `--help` follow from it. Start reading
 *  here. */
import { z } from "zod";
import { setting } from "./setting.js";
import { wholeNumber, word } from "./setting-values.js";
import { accessSettings } from "./access-settings.js";
import { callSettings } from "./call-settings.js";
import { limitSettings } from "./limit-settings.js";
import { upstreamSettings } from "./upstream-settings.js";
import { userSettings } from "./user-settings.js";

export const settings = {
  port: setting("PORT", { description: "Port to listen on; 0 takes any free one.", fallback: "4000", value: wholeNumber(0, 65_535) }),
  host: setting("HOST", { description: "Address to listen on; 0.0.0.0 for all.", fallback: "127.0.0.1", value: word }),
  upstream: upstreamSettings,
  ...callSettings,
  ...userSettings,
  ...accessSettings,
  limits: limitSettings,
  keepAliveMs: setting("KEEP_ALIVE_MS", {
    description: "Milliseconds that a connection may be idle; longer than your load balancer keeps it.",
    fallback: "75000",
    value: wholeNumber(1000, 3_600_000),
  }),
  stopGraceMs: setting("STOP_GRACE_MS", {
    description: "Milliseconds that a stop waits for what is under way.",
    fallback: "60000",
    value: wholeNumber(0, 600_000),
  }),
  logLevel: setting("LOG_LEVEL", {
    description: "From which level on is logged, as JSON lines on stderr: silent, error, warn, info or debug.",
    fallback: "warn",
    value: z.enum(["silent", "error", "warn", "info", "debug"], { error: "silent, error, warn, info or debug" }),
  }),
};
