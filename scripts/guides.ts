/** `npm run guides`: puts parts of the examples into the guides; with `--check` writes nothing and exits 1 where a guide is out of date.
 *
 *  In a guide, `<!-- examples/apollo/client.ts#client -->` stands above the code block to fill. In the example, the part stands between
 *  `// #region client` and `// #endregion client`. Without `#…` it is the whole file. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { writeOrCheck } from "./write-or-check.js";

const root = resolve(import.meta.dirname, "..");
const quote = /^<!-- (examples\/[\w./-]+)(?:#([\w-]+))? -->\n\n```\w*\n(?:[\s\S]*?\n)??```$/gm;

function quoted(file: string, region: string | undefined): string {
  const path = join(root, file);
  if (!existsSync(path)) throw new Error(`There is no ${file}.`);
  const text = readFileSync(path, "utf8");
  const part = region === undefined ? text : between(text, region);
  if (part === undefined) throw new Error(`${file} needs the lines "// #region ${region}" and "// #endregion ${region}".`);
  // A region may have others in it.
  return part.replace(/^ *\/\/ #(?:end)?region .*\n/gm, "").trim();
}

function between(text: string, region: string): string | undefined {
  const [, rest] = text.split(`// #region ${region}\n`);
  return rest?.split(`// #endregion ${region}\n`)[0];
}

let quotes = 0;
for (const name of readdirSync(join(root, "docs")).filter((file) => file.endsWith(".md"))) {
  const committed = readFileSync(join(root, "docs", name), "utf8");
  const text = committed.replaceAll(quote, (_whole, file: string, region: string | undefined) => {
    quotes++;
    const source = region === undefined ? file : `${file}#${region}`;
    return `<!-- ${source} -->\n\n\`\`\`${extname(file).slice(1)}\n${quoted(file, region)}\n\`\`\``;
  });
  writeOrCheck(`docs/${name}`, text, () => `docs/${name} does not quote the examples as they are. Run \`npm run guides\` and commit it.`);
}
if (quotes === 0) throw new Error("No guide quotes an example: the comments have another form.");
console.log(`${quotes} quotes`);
