/** What elements without an identity mean: pictures, labels, formats, days. */
import type { Element } from "./element.js";
import { failed } from "./shop.js";

/** 7digital names the width of a picture in its file name. */
export function imageAt(url: string | null | undefined, wanted: number, widths: readonly number[]) {
  if (wanted < 1) throw failed("BAD_USER_INPUT");
  if (!url) return url === undefined ? undefined : null;
  const width = widths.find((one) => one >= wanted) ?? Math.max(...widths);
  const parts = /^(.*_)\d+(\.jpe?g)$/i.exec(url);
  if (parts === null) return { url: secure(url), width: null, height: null, srcset: null };
  const at = (pixels: number) => secure(`${parts[1] ?? ""}${String(pixels)}${parts[2] ?? ""}`);
  const height = widths.includes(800) ? width : null;
  return { url: at(width), width, height, srcset: widths.map((pixels) => `${at(pixels)} ${String(pixels)}w`).join(", ") };
}

function secure(url: string): string {
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && hostname.endsWith("cdn.7static.com") ? `https:${url.slice(5)}` : url;
}

/** A slug in the place of the address says that there is none. */
export function shopPage(item: Element): string | null | undefined {
  const url = item.token("url");
  return url === undefined && item.child("slug") !== undefined ? null : url;
}

/** Some answers have a placeholder for a picture, and say so. */
export function picture(item: Element): string | null | undefined {
  return item.flag("isPlaceholderImage") ? null : item.token("image");
}

/** The slug or, where there is none, what stands for it in the address: "/artist/keane/release/strangeland/", or without "release/". */
export function slugIn(item: Element, of: "artist" | "release"): string | null | undefined {
  const slug = item.token("slug");
  const url = item.token("url");
  if (slug !== undefined || !url) return slug ?? (url === undefined ? undefined : null);
  const [, , artist, second, third] = new URL(url).pathname.split("/");
  return (of === "artist" ? artist : second === "release" && third ? third : second) || null;
}

export function labelOf(item: Element) {
  return item.inside("label", (label) => ({ labelId: label.attribute("id"), name: label.text("name") ?? null }));
}

export function licensorOf(item: Element) {
  return item.inside("licensor", (licensor) => {
    const licensorId = licensor.attribute("id");
    return licensorId === "0" ? null : { licensorId, name: licensor.text("name") ?? null };
  });
}

function formatOf(format: Element) {
  return {
    formatId: format.attribute("id"),
    fileFormat: format.token("fileFormat") ?? null,
    bitRate: format.known("bitRate") ?? null,
    drmFree: format.flag("drmFree") ?? null,
    description: format.text("description") ?? null,
  };
}

/** An item's own formats or, where it tells packages instead, those of all packages, each once. */
export function formatsOf(item: Element) {
  const own = item.child("formats");
  if (own) return own.all("format").map(formatOf);
  const packages = item.object("download")?.child("packages");
  if (!packages) return own;
  const found: ReturnType<typeof formatOf>[] = [];
  for (const format of packages.all("package").flatMap((one) => formatsOfPackage(one) ?? [])) {
    if (!found.some(({ formatId }) => formatId === format.formatId)) found.push(format);
  }
  return found;
}

export function formatsOfPackage(one: Element) {
  const several = one.child("formats");
  if (several) return several.all("format").map(formatOf);
  const single = one.object("format");
  return single ? [formatOf(single)] : null;
}

/** RFC 3339; what names no offset is in UTC, and the year 1 stands for "not known". */
export function momentOf(written: string | null | undefined): string | null | undefined {
  if (!written) return written;
  const [, day, , offset] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:\d\d)?$/.exec(written) ?? [];
  if (day === undefined || ["0001-01-01", "9999-12-31"].includes(day)) return null;
  return offset === undefined ? `${written}Z` : written;
}

/** 7digital counts 1… on the first disc, 201… on the second, 1101… on the eleventh. */
export function placeOnDisc(track: Element): { disc: number; number: number } | null | undefined {
  const [written, disc, number] = [track.integer("trackNumber"), track.integer("discNumber"), track.integer("number")];
  if (disc && number) return { disc, number };
  if (written === undefined) return undefined;
  if (!written) return null;
  const discInNumber = written > 200 && written % 100 > 0 ? Math.floor(written / 100) : 1;
  if (discInNumber === 1 || (disc ?? discInNumber) !== discInNumber) return { disc: disc ?? discInNumber, number: written };
  return { disc: discInNumber, number: written % 100 };
}
