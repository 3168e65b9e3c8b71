/** Writes the lines of one turn of the event loop together: a system call takes longer than making a line. */

/** @param write Takes whole lines. It has to be done when it returns, as writing to stderr is on Linux: lines may be the last of a process. */
export function createLogOutput(write: (lines: string) => void): (line: string) => void {
  let lines = "";
  const flush = (): void => {
    const text = lines;
    lines = "";
    if (text !== "") write(text);
  };
  process.once("exit", flush);
  return (line) => {
    if (lines === "") setImmediate(flush);
    lines += line;
  };
}
