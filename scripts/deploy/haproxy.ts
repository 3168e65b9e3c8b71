/** A real HAProxy with the configuration of deploy/haproxy. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../free-port.js";
import { ensure, start, succeed, until, type Started } from "./commands.js";
import { installed } from "./debian.js";
import { textOf } from "./files.js";
import type { Names } from "./names.js";

interface Place {
  /** A folder that is not there yet. */
  readonly work: string;
  /** Where copies listen, each on its own address. */
  readonly copiesPort: number;
  readonly names: Names;
}

export class Haproxy {
  private constructor(
    readonly origin: string,
    private readonly process: Started,
    private readonly configure: () => void,
  ) {}

  /** Resolves when it answers. HAPROXY names another program than the installed one. */
  static async start(place: Place): Promise<Haproxy> {
    mkdirSync(place.work);
    const port = await freePort();
    const file = join(place.work, "haproxy.cfg");
    const configure = (): void => writeFileSync(file, configuration(port, place));
    configure();
    const program = process.env["HAPROXY"] ?? installed("haproxy");
    if (program === undefined) throw new Error("HAProxy is not installed: apt-get install haproxy");
    await succeed(program, ["-c", "-f", file]);
    // As the image does: a master that reloads, and a worker.
    const haproxy = new Haproxy(`http://127.0.0.1:${String(port)}`, start(program, ["-W", "-db", "-f", file]), configure);
    await until(async () => (await fetch(`${haproxy.origin}/health`)).ok, "HAProxy answers", haproxy.process.said);
    return haproxy;
  }

  /** Resolves when a new worker has taken over. */
  async reload(): Promise<void> {
    const loaded = (): number => this.process.said().split("Loading success").length;
    const before = loaded();
    this.configure();
    this.process.child.kill("SIGHUP");
    await until(() => Promise.resolve(loaded() > before), "HAProxy is loaded again", this.process.said);
  }
}

/** That of the image, but for ports and addresses. @throws Error where it has none of them. */
function configuration(port: number, { copiesPort, names }: Place): string {
  const changed = (text: string, from: string | RegExp, to: (...match: string[]) => string): string => {
    const next = text.replaceAll(from, to);
    ensure(next !== text, `haproxy.cfg has no ${String(from)}.`);
    return next;
  };
  const given = textOf("deploy/haproxy/haproxy.cfg");
  const outside = changed(given, "bind :8080", () => `bind 127.0.0.1:${String(port)}`);
  const named = changed(outside, "127.0.0.11:53", () => `127.0.0.1:${String(names.port)}`);
  // The address is what libc says when HAProxy starts. Later it asks the name server.
  return changed(named, /server (\S+) (facade-\d+):4000/g, (_, server = "", name = "") => {
    return `server ${server} ${name}:${String(copiesPort)} init-addr ${names.addressOf(name)}`;
  });
}
