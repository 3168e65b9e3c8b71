/** What an operator is told of a failure nobody foresaw: enough to find the fault, and never its message, which may hold a secret. */

/** One line, and one for each frame of the stack, each ended. */
export function failureReport(error: unknown): string {
  if (!(error instanceof Error)) return "unforeseen failure\n";
  return [`unforeseen ${error.name}`, ...framesOf(error)].map((line) => `${line}\n`).join("");
}

/** The stack begins with a name and the message; a message may look like frames, and may have been changed since. */
function framesOf({ stack = "", message }: Error): readonly string[] {
  const start = stack.indexOf(message);
  if (start === -1) return [];
  const lines = stack.slice(start + message.length).split("\n");
  return lines.filter((line) => line.startsWith("    at "));
}
