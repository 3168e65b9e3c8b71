/** Where a run takes place: the line that says so, and the cores its processes are kept on. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch, cpus, loadavg, platform } from "node:os";
import { join } from "node:path";
import { allowedCores } from "./process-figures.js";

/** Undefined where processes cannot be kept on cores, or there is only one. */
export interface Cores {
  readonly servers: number;
  readonly generator: number;
}

export function coresToUse(): Cores | undefined {
  const cores = allowedCores();
  const [generator, servers] = [cores[0], cores.at(-1)];
  if (generator === undefined || servers === undefined || generator === servers) return undefined;
  return spawnSync("taskset", ["--version"]).status === 0 ? { servers, generator } : undefined;
}

/** Begin of a command line that keeps what follows on one core, or on several ("0,1"). */
export function onCore(core: number | string | undefined): readonly string[] {
  return core === undefined ? [] : ["taskset", "-c", String(core)];
}

export function describeMachine(root: string, cores: Cores | undefined): string {
  const all = cpus();
  const version = (name: string) => {
    const { version } = JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")) as { version: string };
    return `${name} ${version}`;
  };
  const pinned = cores === undefined ? "not pinned" : `servers on core ${cores.servers}, generator and sandbox on core ${cores.generator}`;
  const load = loadavg()[0]?.toFixed(1) ?? "?";
  const processor = `${all.length} x ${all[0]?.model.trim() ?? "unknown processor"}, ${platform()} ${arch()}`;
  const versions = ["graphql-yoga", "graphql"].map(version).join(", ");
  return `${processor}, load ${load} before the run; node ${process.version}, ${versions}; ${pinned}`;
}
