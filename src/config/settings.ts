/** Every setting, by its member of the configuration. This is the one declaration: types, parsing and `--help` follow from it. */
import { z } from "zod";
import { numberSetting, setting, secretSetting } from "./setting.js";
import { processes, redisUrl, word, yesOrNo } from "./setting-values.js";
import { accessSettings } from "./access-settings.js";
import { callSettings } from "./call-settings.js";
import { limitSettings } from "./limit-settings.js";
import { upstreamSettings } from "./upstream-settings.js";
import { userSettings } from "./user-settings.js";

export const settings = {
  port: numberSetting("PORT", 4000, [0, 65_535], "Port to listen on; 0 takes any free one."),
  host: setting("HOST", "127.0.0.1", word, "Address to listen on; 0.0.0.0 for all."),
  processes: setting(
    "PROCESSES",
    "1",
    processes,
    "Processes that answer on the port; auto for one on each core. Only the command starts several.",
  ),
  redisUrl: secretSetting(
    "REDIS_URL",
    redisUrl,
    "Redis or Valkey that copies on several machines share answers, rates and quota through; rediss:// for TLS. Needs SEALING_KEYS.",
  ),
  upstream: upstreamSettings,
  ...callSettings,
  ...userSettings,
  ...accessSettings,
  limits: limitSettings,
  keepAliveMs: numberSetting(
    "KEEP_ALIVE_MS",
    75_000,
    [1000, 3_600_000],
    "Milliseconds that a connection may be idle; longer than your load balancer keeps it.",
  ),
  fastLane: setting(
    "FAST_LANE",
    "true",
    yesOrNo,
    "Whether usual requests are read without GraphQL Yoga, which takes longer than a small query; false lets Yoga read every request.",
  ),
  stopDrainMs: numberSetting(
    "STOP_DRAIN_MS",
    2000,
    [0, 600_000],
    "Milliseconds after SIGTERM that new connections are still taken; longer than your load balancer takes to notice that /ready says 503.",
  ),
  stopGraceMs: numberSetting("STOP_GRACE_MS", 60_000, [0, 600_000], "Milliseconds that a stop waits for what is under way."),
  logLevel: setting(
    "LOG_LEVEL",
    "warn",
    z.enum(["silent", "error", "warn", "info", "debug"], { error: "silent, error, warn, info or debug" }),
    "Least severe level that is logged, as JSON lines on stderr: silent, error, warn, info or debug.",
  ),
};
