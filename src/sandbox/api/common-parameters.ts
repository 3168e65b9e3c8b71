/** Reads what every method accepts beside its own parameters: paging, shop and picture size.
 *  @see API document, "Paging", "Country and shop", "Image sizes" */

import { ApiError } from "./errors.js";
import type { Asked } from "./method.js";
import { notValid, type Given } from "./parameters.js";
import type { UsageType } from "../model.js";
import { storeOf } from "./stores.js";

const documentedMaximum = 500;
/** Every size is taken everywhere, since answers mix the pictures of artists and releases. 150 is that of artists alone. */
const imageSizes = new Set([33, 50, 100, 150, 180, 182, 200, 350, 500, 800]);

type Surroundings = Omit<Asked, "page" | "pageSize" | "range" | "store" | "usageTypes" | "imageSize"> & { readonly maxPageSize: number };

/** @param ownMaximum The largest page of the method, where it has one of its own. Throws ApiError 1002 for what is no number, 1003 for a number outside its range. */
export function askedOf(given: Given, { maxPageSize, ...surroundings }: Surroundings, ownMaximum?: number): Asked {
  const page = positive("page", given.get("page"), 1, Number.MAX_SAFE_INTEGER);
  // Only the documented maximum is an error. What a later installation allows less than that it cuts down without a word.
  const pageSize = Math.min(positive("pageSize", given.get("pagesize"), 10, ownMaximum ?? documentedMaximum), ownMaximum ?? maxPageSize);
  return {
    ...surroundings,
    page,
    pageSize,
    range: { offset: (page - 1) * pageSize, limit: pageSize },
    store: storeOf(given.get("country"), given.get("shopid")),
    usageTypes: usageTypesOf(given.get("usagetypes"), surroundings.path),
    imageSize: imageSizeOf(given.get("imagesize")),
  };
}

function positive(name: string, text: string | undefined, usual: number, maximum: number): number {
  if (text === undefined || text === "") return usual;
  if (!/^-?\d+$/.test(text)) throw notValid(name);
  const value = Number(text);
  if (value < 1 || value > maximum) throw new ApiError(1003, `Value of parameter "${name}" is out of allowable range`);
  return value;
}

const usageTypes: readonly UsageType[] = ["download", "subscriptionstreaming", "adsupportedstreaming"];
/** Methods of baskets and users know none. */
const knowsUsageTypes = /^(?:artist|release|track|tag|editorial|merchandising)\b/;

function usageTypesOf(text: string | undefined, path: string): ReadonlySet<UsageType> | null {
  if (text === undefined || text === "" || !knowsUsageTypes.test(path)) return null;
  const asked = text.split(",").map((part) => usageTypes.find((one) => one === part.trim().toLowerCase()));
  return new Set(asked.map((one) => one ?? refused("usageTypes")));
}

function refused(name: string): never {
  throw notValid(name);
}

function imageSizeOf(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  if (!/^\d+$/.test(text) || !imageSizes.has(Number(text))) throw notValid("imageSize");
  return Number(text);
}
