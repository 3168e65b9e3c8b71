import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** Waits until the main file of a SQLite database holds everything, which is a while after the last write. The -shm file counts what is in
 *  the -wal file and what of it has been moved: https://sqlite.org/walformat.html#the_wal_index_file_format */
export async function checkpointed(main: string): Promise<void> {
  const unmoved = (): number => {
    const index = readFileSync(`${main}-shm`);
    return index.readUInt32LE(16) - index.readUInt32LE(96);
  };
  await expect.poll(unmoved, { timeout: 30_000 }).toBe(0);
}
