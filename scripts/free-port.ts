import { createServer, type AddressInfo } from "node:net";

/** The wanted port of this machine, or any free one if it is taken. @param wanted 0 for any. */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer();
  const isListening = await new Promise<boolean>((settle) => {
    server.once("error", () => settle(false)).listen(wanted, "127.0.0.1", () => settle(true));
  });
  if (!isListening) return freePort();
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
