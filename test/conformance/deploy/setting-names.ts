/** Which names in files of deploy/ the service does not read. */
import { listSettings } from "../../../src/config/setting.js";
import { settings } from "../../../src/config/settings.js";

/** Of Node, and of an OpenTelemetry SDK. */
const ofOthers = /^(?:NODE_ENV|OTEL_[A-Z_]+)$/;

export function unknownSettings(names: readonly string[]): readonly string[] {
  const known = new Set(listSettings(settings).flatMap((setting) => setting.names));
  return names.filter((name) => !known.has(name) && !ofOthers.test(name));
}
