/** Whether a folder is on a file system that other machines may use at the same time. SQLite's locks and shared memory end at one machine. */
import { existsSync, statfsSync } from "node:fs";
import { dirname, resolve } from "node:path";

/** By the type that statfs(2) gives. FUSE is left out: it may be a disk of this machine. @see linux/magic.h */
const networkTypes: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xfe534d42, "SMB"],
  [0xff534d42, "SMB"],
  [0x00c36400, "Ceph"],
  [0x5346414f, "AFS"],
  [0x6b414653, "AFS"],
  [0x73757245, "Coda"],
  [0x0bd00bd0, "Lustre"],
  [0x47504653, "GPFS"],
  [0x7461636f, "OCFS2"],
  [0x01161970, "GFS2"],
]);

/** Its name. Undefined where it is none that we know, or where nothing is known of it. */
export function networkFileSystemOf(directory: string): string | undefined {
  let nearest = resolve(directory);
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  try {
    // Some machines give 32 bits with a sign.
    return networkTypes.get(statfsSync(nearest).type >>> 0);
  } catch {
    return undefined;
  }
}
