/** Prices in both shapes 7digital has used: `<price>` with value and rrp, and, since November 2014, `<download><packages>`. */
import { attribute, child, decimal, flag, listOf, object, optionalAttribute, text, token, type Decoded } from "../upstream/decode.js";
import { format } from "./format.js";

const currency = object({ code: optionalAttribute("code") });
const currencySymbol = text;

/** `<price>`: `value` is null where the item is not sold on its own ("N/A"), and so is `rrp`; older answers leave `rrp` out. */
export const legacyPrice = object({
  currency: child("currency", currency),
  currencySymbol: child("currency", currencySymbol),
  value: child("value", decimal),
  formattedPrice: child("formattedPrice", text),
  rrp: child("rrp", decimal),
  formattedRrp: child("formattedRrp", text),
  // The document's release object says isOnSale; every recorded answer says onSale.
  onSale: child("onSale", flag),
  isOnSale: child("isOnSale", flag),
});

const packagePrice = object({
  currencyCode: child("currencyCode", token),
  sevendigitalPrice: child("sevendigitalPrice", decimal),
  recommendedRetailPrice: child("recommendedRetailPrice", decimal),
});

/** One way to buy a download: id 2 is the standard package, 9 the premium one, 16 hi-res. */
const downloadPackage = object({
  packageId: attribute("id"),
  description: child("description", text),
  price: child("price", packagePrice),
  format: child("format", format),
  formats: child("formats", listOf("format", format)),
});

/** `<download>` of the later answers. */
export const download = object({
  packages: child("packages", listOf("package", downloadPackage)),
  releaseDate: child("releaseDate", token),
  previewDate: child("previewDate", token),
});

export type LegacyPrice = Decoded<typeof legacyPrice>;
export type DownloadPackage = Decoded<typeof downloadPackage>;
export type Download = Decoded<typeof download>;
