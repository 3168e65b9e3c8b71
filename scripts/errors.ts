/** `npm run errors`: writes the table of error codes in the README; with `--check` writes nothing and exits 1 where the table is not
 *  what src/shared/error-codes.ts says. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { format, resolveConfig } from "prettier";
import { errorCodes } from "../src/shared/error-codes.js";
import { writeOrCheck } from "./write-or-check.js";

const path = resolve(import.meta.dirname, "../README.md");
const begin = "<!-- error codes: written by `npm run errors` -->";
const end = "<!-- end of error codes -->";

const rows = Object.entries(errorCodes).map(([code, { meaning, advice }]) => `| \`${code}\` | ${meaning} | ${advice} |`);
const table = ["| `extensions.code` | meaning | what to do |", "| - | - | - |", ...rows].join("\n");

const committed = readFileSync(path, "utf8");
const [before, rest] = committed.split(begin);
const after = rest?.split(end)[1];
if (before === undefined || after === undefined) throw new Error(`README.md needs the lines "${begin}" and "${end}".`);
const text = await format(`${before}${begin}\n\n${table}\n\n${end}${after}`, { ...(await resolveConfig(path)), filepath: path });

const complaint = "The error codes in README.md are not what the code says. Run `npm run errors` and commit it.";
if (writeOrCheck("README.md", text, () => complaint)) console.log(`README.md: ${rows.length} error codes`);
