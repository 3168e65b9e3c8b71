// #region express
import express from "express";
import type { Settings } from "7digital-graphql";
import { createMiddleware } from "7digital-graphql/middleware";

export async function createExpressApp(settings: Settings) {
  const music = await createMiddleware(settings, { path: "/music" });
  const app = express();
  app.use(music.handle);
  app.get("/", (_request, response) => {
    response.send("The shop");
  });
  // After the server has closed: music.close().
  return { app, music };
}
// #endregion express
