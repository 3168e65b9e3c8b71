/** `7digital-graphql schema`: prints the schema as text, as one kind of reader needs it. */
import { createSubgraph } from "../../federation/subgraph.js";
import { printStitching } from "../../federation/stitching-sdl.js";
import { printSubgraph } from "../../federation/subgraph-sdl.js";
import { printSdl } from "../../graph/printed-schema.js";
import { publicView } from "../schema.js";

interface SchemaOptions {
  readonly subgraph: boolean;
  readonly stitching: boolean;
  /** Of type names, at the subgraph only. */
  readonly prefix: string;
}

export function printedSchema({ subgraph, stitching, prefix }: SchemaOptions): string {
  if (!subgraph && !stitching) return printSdl(publicView);
  // How many objects may be asked for is not in the text.
  const served = createSubgraph(publicView, { mostRepresentations: 1, prefix });
  return stitching ? printStitching(served) : printSubgraph(served);
}
