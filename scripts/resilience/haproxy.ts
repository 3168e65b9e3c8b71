/** A real HAProxy with the configuration of deploy/haproxy, in front of these copies instead of its own. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { start, until, type Started } from "../deploy/commands.js";
import { installed } from "../deploy/debian.js";
import { textOf } from "../deploy/files.js";
import { freePort } from "../free-port.js";

export class HAProxy {
  private constructor(
    readonly origin: string,
    private readonly folder: string,
    private readonly running: Started,
  ) {
    process.once("exit", this.kill);
  }

  /** @param ports Of the copies, which have to be ready. */
  static async start(ports: readonly number[]): Promise<HAProxy> {
    const folder = mkdtempSync(join(tmpdir(), "haproxy-"));
    const file = join(folder, "haproxy.cfg");
    const port = await freePort();
    writeFileSync(file, configuration(textOf("deploy/haproxy/haproxy.cfg"), port, ports));
    const program = installed("haproxy");
    if (program === undefined) throw new Error("HAProxy is not installed: apt-get install haproxy");
    const running = start(program, ["-db", "-f", file]);
    const proxy = new HAProxy(`http://127.0.0.1:${String(port)}`, folder, running);
    await until(async () => (await fetch(`${proxy.origin}/health`)).ok, "HAProxy answers", running.said);
    return proxy;
  }

  async close(): Promise<void> {
    this.kill();
    process.off("exit", this.kill);
    await this.running.ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private readonly kill = (): void => {
    this.running.child.kill("SIGKILL");
  };
}

/** @throws Error where the configuration has no longer the lines that name places. */
function configuration(text: string, port: number, ports: readonly number[]): string {
  const changed = (before: string, line: RegExp, instead: (...groups: string[]) => string): string => {
    const after = before.replace(line, (_, ...groups: string[]) => instead(...groups));
    if (after === before) throw new Error(`deploy/haproxy/haproxy.cfg has nothing like ${String(line)}`);
    return after;
  };
  const outside = changed(text, /^ {2}bind :8080$/m, () => `  bind 127.0.0.1:${String(port)}`);
  // Names of containers.
  const unnamed = changed(
    changed(outside, /^ {2}default-server init-addr .*\n/m, () => ""),
    /^resolvers docker\n(?: {2}.*\n)+/m,
    () => "",
  );
  // All copies are configured as the first one is.
  return changed(unnamed, /^ {2}server facade-(\d+)(\S*) facade-\d+:4000(.*\n)/gm, (nth = "", suffix = "", options = "") => {
    if (nth !== "1") return "";
    return ports.map((one, index) => `  server facade-${String(index + 1)}${suffix} 127.0.0.1:${String(one)}${options}`).join("");
  });
}
