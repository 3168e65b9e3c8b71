// #region fastify
import { fastify } from "fastify";
import type { Settings } from "7digital-graphql";
import { createMiddleware } from "7digital-graphql/middleware";

export async function createFastifyApp(settings: Settings) {
  const music = await createMiddleware(settings, { path: "/music" });
  const app = fastify();
  // Before Fastify reads the body.
  app.addHook("onRequest", (request, reply, done) => {
    music.handle(request.raw, reply.raw, done);
  });
  app.addHook("onClose", () => music.close());
  app.get("/", () => "The shop");
  return app;
}
// #endregion fastify
