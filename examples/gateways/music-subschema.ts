/** The music API as a subschema of a stitched schema. */
import type { SubschemaConfig } from "@graphql-tools/delegate";
import type { Executor } from "@graphql-tools/utils";
import { buildSchema, parse } from "graphql";

async function sdlOf(subschema: Executor): Promise<string> {
  const result = (await subschema({ document: parse("{ _sdl }") })) as { data: { _sdl: string } };
  return result.data._sdl;
}

// #region subschema
export async function musicSubschema(executor: Executor): Promise<SubschemaConfig> {
  return { schema: buildSchema(await sdlOf(executor), { assumeValidSDL: true }), executor, batch: true };
}
// #endregion subschema
