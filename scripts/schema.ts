/** `npm run schema`: writes the SDL of every schema and possible-types.json to schema; with `--check` writes nothing and exits 1 where they no longer tell
 *  what the code does. */
import { publicView, schema } from "../src/app/schema.js";
import { createSubgraph } from "../src/federation/subgraph.js";
import { printStitching } from "../src/federation/stitching-sdl.js";
import { printSubgraph } from "../src/federation/subgraph-sdl.js";
import { printPossibleTypes, printSdl } from "../src/graph/printed-schema.js";
import { writeOrCheck } from "./write-or-check.js";

const HINT_LINES = 12;
const subgraph = createSubgraph(publicView, { mostRepresentations: 500, prefix: "" });
const printed = {
  "schema/schema.graphql": printSdl(publicView),
  "schema/operator.graphql": printSdl(schema),
  "schema/subgraph.graphql": printSubgraph(subgraph),
  "schema/stitching.graphql": printStitching(subgraph),
  "schema/possible-types.json": printPossibleTypes(publicView),
};

/** The first lines that stand in one text only. */
function difference(committed: string, fresh: string): string {
  const before = committed.split("\n");
  const after = fresh.split("\n");
  const gone = before.filter((line) => !after.includes(line)).map((line) => `- ${line}`);
  const added = after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`);
  const lines = [...gone, ...added];
  const more = lines.length > HINT_LINES ? [`... and ${lines.length - HINT_LINES} more`] : [];
  return lines.length === 0 ? "(the same lines in another order)" : [...lines.slice(0, HINT_LINES), ...more].join("\n");
}

for (const [name, text] of Object.entries(printed)) {
  const complaint = (committed: string): string =>
    `${name} is not what the code says. Run \`npm run schema\` and commit it.\n${difference(committed, text)}`;
  if (writeOrCheck(name, text, complaint)) console.log(`${name}: ${text.length} characters`);
}
