/** Writes the lines of one turn of the event loop together: a system call takes longer than making a line. */

/** What Linux writes to a pipe in one piece, whatever other processes write to it (PIPE_BUF in pipe(7)). */
const pieceBytes = 4096;

/** @param write Takes whole lines. It has to be done when it returns, as writing to stderr is on Linux: lines may be the last of a process. */
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
