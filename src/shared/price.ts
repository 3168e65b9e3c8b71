/** Prices in both shapes 7digital has used: `<price>` with value and rrp, and, since November 2014, `<download><packages>`. */
import { attribute, child, object, part, placesOf, type Decoded } from "../upstream/xml/decode.js";
import { decimal, flag, moment, text } from "../upstream/xml/values.js";
import { currency, currencyCode } from "./currency.js";
import { format, formats } from "./format.js";

/** `<price>`: `value` is null where the item is not sold on its own ("N/A"), and so is `rrp`; older answers leave `rrp` out. */
export const legacyPrice = object({
  currency: child("currency", currency),
  value: child("value", decimal),
  formattedPrice: child("formattedPrice", text),
  rrp: child("rrp", decimal),
  formattedRrp: child("formattedRrp", text),
  // The document's release object says isOnSale; every recorded answer says onSale.
  onSale: child("onSale", flag),
  isOnSale: child("isOnSale", flag),
});

const packagePrice = object({
  currencyCode: child("currencyCode", currencyCode),
  sevendigitalPrice: child("sevendigitalPrice", decimal),
  recommendedRetailPrice: child("recommendedRetailPrice", decimal),
});

/** One way to buy a download: id 2 is the standard package, 9 the premium one, 16 hi-res. */
const downloadPackage = object({
  packageId: attribute("id"),
  description: child("description", text),
  price: child("price", packagePrice),
  format: part("format", format),
  formats: child("formats", formats),
});

/** `<download>` of the later answers. */
export const download = object({
  /** In their places: which package is the standard one can depend on those that cannot be read. */
  packages: child("packages", placesOf("package", downloadPackage)),
  releaseDate: child("releaseDate", moment),
  previewDate: child("previewDate", moment),
});

/** `<subscriptionStreaming>` and `<adSupportedStreaming>` of the later answers. */
export const streaming = object({ releaseDate: child("releaseDate", moment) });

export type LegacyPrice = Decoded<typeof legacyPrice>;
export type DownloadPackage = Decoded<typeof downloadPackage>;
export type Download = Decoded<typeof download>;
export type Streaming = Decoded<typeof streaming>;
