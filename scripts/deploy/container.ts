/** Runs an image as Docker would: as its user, without rights, on files that it cannot change, as process 1. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { start, succeed, type Started } from "./commands.js";
import type { Image } from "./image.js";

/** The base image: this machine's programs. */
const lent = ["usr", "etc"];

/** Another user loses the signal of --kill-child: without --pdeathsig, process 1 outlives unshare. */
const script = `set -eu
root=$1 ids=$2 workdir=$3
shift 3
mount --make-rprivate /
mount --bind "$root" "$root"
for folder in ${lent.join(" ")}; do
  mount --bind "/$folder" "$root/$folder"
  mount -o remount,bind,ro "$root/$folder"
done
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/tmp"
mount -o remount,bind,ro "$root"
exec /usr/sbin/chroot "$root" setpriv --reuid="\${ids%:*}" --regid="\${ids#*:}" --clear-groups --no-new-privs --bounding-set=-all --pdeathsig=KILL \\
  env -C "$workdir" "$@"
`;

export interface Container extends Started {
  /** To its process 1. */
  readonly signal: (signal: NodeJS.Signals) => void;
}

function prepare({ folder }: Image): void {
  for (const name of [...lent, "dev", "proc", "tmp"]) mkdirSync(join(folder, name), { recursive: true });
  for (const name of ["bin", "lib", "lib64", "sbin"]) symlinkSync(`usr/${name}`, join(folder, name));
  writeFileSync(join(folder, "run.sh"), script);
}

export type Containers = ReturnType<typeof containersOf>;

/** Call it once for an image. */
export function containersOf(image: Image) {
  prepare(image);
  const argumentsFor = (command: readonly string[]) => [
    ...["--mount", "--pid", "--fork", "--kill-child", "sh", join(image.folder, "run.sh")],
    ...[image.folder, image.user, image.workdir, ...command],
  ];
  const variables = (more: Readonly<Record<string, string>>) => ({
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    ...image.environment,
    ...more,
  });
  return {
    /** @returns What it said. @throws Error where it fails. */
    run: (command: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<string> =>
      succeed("unshare", argumentsFor(command), { env: variables(more) }),
    start(command: readonly string[], more: Readonly<Record<string, string>> = {}): Container {
      const started = start("unshare", argumentsFor([...image.entrypoint, ...command]), { env: variables(more) });
      const { pid } = started.child;
      return {
        ...started,
        signal(signal) {
          const first = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, "utf8").trim();
          process.kill(Number(first), signal);
        },
      };
    },
  };
}

/** Why containers cannot be run here; undefined where they can. */
export function cannotRun(): string | undefined {
  try {
    execFileSync("unshare", ["--mount", "--pid", "--fork", "true"], { stdio: "ignore" });
    return undefined;
  } catch {
    return "it needs root and Linux namespaces (unshare)";
  }
}
