/** A folder whose disk can be filled: a small tmpfs of its own where this process may mount one; otherwise the process itself may write no more
 *  to any file, which is what a full disk looks like from inside. */
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface FullDisk {
  /** Whether it is one, rather than a limit of this process. */
  readonly real: boolean;
  readonly folder: string;
  fill(): void;
  free(): void;
  remove(): void;
}

export function smallDisk(bytes: number): FullDisk {
  const folder = mkdtempSync(join(tmpdir(), "small-disk-"));
  const options = `size=${String(bytes)},mode=777`;
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]).status === 0;
  return mounted ? onTmpfs(folder) : underLimit(folder);
}

function onTmpfs(folder: string): FullDisk {
  const filling = join(folder, "filling");
  return {
    real: true,
    folder,
    fill() {
      for (const size of [65_536, 4096, 1]) while (appended(filling, size));
    },
    free: () => rmSync(filling, { force: true }),
    remove() {
      spawnSync("umount", ["--lazy", folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function appended(file: string, size: number): boolean {
  try {
    appendFileSync(file, Buffer.alloc(size));
    return true;
  } catch {
    return false;
  }
}

function underLimit(folder: string): FullDisk {
  const limit = (most: string): void => {
    const { status } = spawnSync("prlimit", ["--pid", String(process.pid), `--fsize=${most}:`]);
    if (status !== 0) throw new Error("This process can neither mount a small disk nor limit its own files.");
  };
  return {
    real: false,
    folder,
    fill: () => limit("0"),
    free: () => limit("unlimited"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
