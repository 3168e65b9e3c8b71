/** Reads the command line of `npm run durability`. Starts nothing. */
import { parseArgs } from "node:util";
import { isStoreName, storeNames, type StoreName } from "../databases/records-place.js";

export const usage = `Records and settles purchases in three processes as fast as they can, kills two of them again and again, and proves that nothing that was
acknowledged is lost, claimed twice or read as it stood before.

  npm run durability -- [options]

  --store NAME    ${storeNames.join(" or ")} (default sqlite)
  --kills N       processes to kill (default 2000)
  --help          this page`;

export interface DurabilityOptions {
  readonly store: StoreName;
  readonly kills: number;
}

export type Command = { readonly help: true } | { readonly durability: DurabilityOptions } | { readonly refused: string };

export function commandOf(args: readonly string[]): Command {
  let values;
  try {
    const options = {
      store: { type: "string", default: "sqlite" },
      kills: { type: "string", default: "2000" },
      help: { type: "boolean" },
    } as const;
    ({ values } = parseArgs({ args: [...args], options }));
  } catch (error) {
    return { refused: error instanceof Error ? error.message : String(error) };
  }
  if (values.help === true) return { help: true };
  const { store, kills } = values;
  if (!isStoreName(store)) return { refused: `--store must be ${storeNames.join(" or ")}` };
  if (!/^[1-9]\d{0,5}$/.test(kills)) return { refused: "--kills must be a whole number from 1 to 999999" };
  return { durability: { store, kills: Number(kills) } };
}
