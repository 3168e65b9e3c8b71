/** Writes the lines of one turn of the event loop together: a system call takes longer than making a line. */
import type { Writable } from "node:stream";

/** What Linux writes to a pipe in one piece, whatever other processes write to it (PIPE_BUF in pipe(7)). */
const pieceBytes = 4096;

/** Bytes that wait in memory for a reader that is slower than the log. */
const mostWaiting = 1_000_000;

/** Writes to stderr or stdout at once, as long as the reader keeps up. Loses what a reader that is gone, stands still or has a full disk does
 *  not take: no service ends with its log. */
export function writeOrLose(stream: Writable, text: string): void {
  if (stream.writableLength > mostWaiting) return;
  stream.write(text, (error) => {
    // Its event follows, and would be an uncaught exception.
    if (error && stream.listenerCount("error") === 0) stream.once("error", () => undefined);
  });
}

/** @param write Takes whole lines, which may be the last of the process. */
export function createLogOutput(write: (lines: string) => void): (line: string) => void {
  let lines = "";
  let bytes = 0;
  const flush = (): void => {
    const text = lines;
    lines = "";
    bytes = 0;
    process.off("exit", flush);
    if (text !== "") write(text);
  };
  return (line) => {
    const size = Buffer.byteLength(line);
    if (bytes + size > pieceBytes) flush();
    if (lines === "") {
      setImmediate(flush);
      process.once("exit", flush);
    }
    lines += line;
    bytes += size;
  };
}
