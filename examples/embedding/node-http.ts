// #region node-http
import { createServer, type Server } from "node:http";
import type { Settings } from "7digital-graphql";
import { createMiddleware } from "7digital-graphql/middleware";

export async function createNodeServer(settings: Settings): Promise<Server> {
  const music = await createMiddleware(settings);
  const server = createServer((request, response) => music.handle(request, response));
  server.once("close", () => void music.close());
  return server;
}
// #endregion node-http
