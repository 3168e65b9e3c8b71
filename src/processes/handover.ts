/** Connections on their way to a worker. */
import type { Worker } from "node:cluster";

interface Closable {
  close(): void;
}

/** Node forgets the connection that it is handing to a worker when the worker ends, and leaves it open: its client would wait for ever.
 *  @returns Closes it. One that has arrived is closed here already, and closing it again does nothing. */
export function watchHandover({ process: child }: Worker): () => void {
  let latest: Closable | undefined;
  const send = child.send.bind(child) as (...args: unknown[]) => boolean;
  child.send = (...args: unknown[]): boolean => {
    // Node hands over one at a time.
    if (isClosable(args[1])) latest = args[1];
    return send(...args);
  };
  return () => latest?.close();
}

function isClosable(value: unknown): value is Closable {
  return typeof value === "object" && value !== null && "close" in value;
}
