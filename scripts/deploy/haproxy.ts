/** A real HAProxy with the configuration of deploy/haproxy, led to places of this machine. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port.js";
import { ensure, kill, start, succeed, until, type Started } from "./commands.js";
import { installed } from "./debian.js";
import { textOf } from "./files.js";

/** What to write instead of every match of a pattern (which has the flag g), or of a text. `match`: all of it, then its groups. */
export type Change = readonly [from: RegExp | string, to: (...match: string[]) => string];

export class Haproxy {
  private constructor(
    readonly origin: string,
    private readonly folder: string,
    private readonly running: Started,
    private readonly configure: () => void,
  ) {
    process.once("exit", this.remove);
  }

  /** Resolves when it answers. HAPROXY names another program than the installed one.
   *  @param changes Of the configuration, asked again before it is reloaded. Where it listens is changed anyway. */
  static async start(changes: () => readonly Change[]): Promise<Haproxy> {
    const program = process.env["HAPROXY"] ?? installed("haproxy");
    if (program === undefined) throw new Error("HAProxy is not installed: apt-get install haproxy");
    const folder = mkdtempSync(join(tmpdir(), "haproxy-"));
    const port = await freePort();
    const file = join(folder, "haproxy.cfg");
    const configure = (): void => writeFileSync(file, configuration(["bind :8080", () => `bind 127.0.0.1:${String(port)}`], ...changes()));
    configure();
    await succeed(program, ["-c", "-f", file]);
    // As the image does: a master that reloads, and a worker.
    const haproxy = new Haproxy(`http://127.0.0.1:${String(port)}`, folder, start(program, ["-W", "-db", "-f", file]), configure);
    await until(async () => (await fetch(`${haproxy.origin}/health`)).ok, "HAProxy answers", haproxy.running.said);
    return haproxy;
  }

  /** Resolves when a new worker has taken over. */
  async reload(): Promise<void> {
    const loaded = (): number => this.running.said().split("Loading success").length;
    const before = loaded();
    this.configure();
    this.running.child.kill("SIGHUP");
    await until(() => Promise.resolve(loaded() > before), "HAProxy is loaded again", this.running.said);
  }

  async close(): Promise<void> {
    process.off("exit", this.remove);
    this.remove();
    await this.running.ended;
  }

  private readonly remove = (): void => {
    kill(this.running.child.pid);
    rmSync(this.folder, { recursive: true, force: true });
  };
}

/** That of the image, changed. @throws Error where it has nothing of what is to be changed. */
function configuration(...changes: readonly Change[]): string {
  return changes.reduce((text, [from, to]) => {
    const changed = text.replaceAll(from, to);
    ensure(changed !== text, `haproxy.cfg has no ${String(from)}.`);
    return changed;
  }, textOf("deploy/haproxy/haproxy.cfg"));
}
