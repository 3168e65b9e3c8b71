// #region server
import { createServer, type Server, type Settings } from "7digital-graphql";

export async function startMusic(settings: Settings): Promise<Server> {
  const music = await createServer({ PORT: 0, ...settings });
  console.log(`GraphQL on ${music.url}`);
  return music;
}
// #endregion server
