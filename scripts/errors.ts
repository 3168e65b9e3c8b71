/** `npm run errors`: writes the table of error codes in the README; with `--check` writes nothing and exits 1 where the table is not
 *  what src/shared/error-codes.ts says. */
import { errorCodes } from "../src/shared/error-codes.js";
import { withSection, writeOrCheck } from "./write-or-check.js";

const rows = Object.entries(errorCodes).map(([code, { meaning, advice }]) => `| \`${code}\` | ${meaning} | ${advice} |`);
const table = ["| `extensions.code` | meaning | what to do |", "| - | - | - |", ...rows].join("\n");
const text = await withSection("README.md", "error codes", "npm run errors", table);

const complaint = "The error codes in README.md are not what the code says. Run `npm run errors` and commit it.";
if (writeOrCheck("README.md", text, () => complaint)) console.log(`README.md: ${rows.length} error codes`);
