/** HAProxy in front of these copies instead of its own. */
import { Haproxy } from "../deploy/haproxy.js";

/** @param ports Of the copies, which have to be ready. */
export function startHaproxy(ports: readonly number[]): Promise<Haproxy> {
  return Haproxy.start(() => [
    // Names of containers.
    [/^ {2}default-server init-addr .*\n/gm, () => ""],
    [/^resolvers docker\n(?: {2}.*\n)+/gm, () => ""],
    // All copies are configured as the first one is.
    [
      /^ {2}server facade-(\d+)(\S*) facade-\d+:4000(.*\n)/gm,
      (_, nth = "", suffix = "", options = "") => {
        if (nth !== "1") return "";
        return ports.map((one, index) => `  server facade-${String(index + 1)}${suffix} 127.0.0.1:${String(one)}${options}`).join("");
      },
    ],
  ]);
}
