/** What an item costs in a store. A release and its tracks are priced apart, and either may not be sold on its own. */

import type { Format, Package, Price, Release, Store, Track } from "../model.js";
import { currencyOf, written, type Currency } from "./currencies.js";
import { hiResFormats, premiumFormats } from "./formats.js";
import { falls, hash, pick } from "./hash.js";
import { releaseIds, shapeOf, documentedReleaseAt, documentedTrackAt, trackIds, tracklists } from "./seating.js";
import { defaultShop } from "./shops.js";

export function isTrack(item: Release | Track): item is Track {
  return "releaseId" in item;
}

export function priceOf(item: Release | Track, store: Store): Price {
  const currency = currencyOf(store.country);
  return isTrack(item) ? trackPrice(item, store, currency) : releasePrice(item, store, currency);
}

function trackPrice(track: Track, store: Store, currency: Currency): Price {
  const seat = trackIds.seatOf(track.id) ?? 0;
  const releaseSeat = tracklists.parentOf(seat);
  const release = documentedReleaseAt(releaseSeat);
  const documented = documentedTrackAt(releaseSeat, seat)?.prices?.[store.country];
  if (documented !== undefined) return plain(documented, currency);
  if (release === undefined && isOnlySoldWithRelease(seat, releaseSeat, track.duration)) return notSold(currency);
  const rung = release === undefined ? hash(301, releaseSeat) % 10 : 5;
  return plain(written(currency.tracks[rung < 1 ? 0 : rung < 4 ? 1 : rung < 9 ? 2 : 3], currency), currency);
}

/** Long tracks, and some others of albums. A release that is only sold track by track sells all of them. */
function isOnlySoldWithRelease(seat: number, releaseSeat: number, duration: number): boolean {
  if (isOnlySoldByTrack(releaseSeat) || shapeOf(releaseSeat).trackCount === 1) return false;
  return duration >= 600 || falls(302, seat, 50);
}

function isOnlySoldByTrack(releaseSeat: number): boolean {
  return documentedReleaseAt(releaseSeat) === undefined && shapeOf(releaseSeat).trackCount > 1 && falls(303, releaseSeat, 50);
}

function releasePrice(release: Release, store: Store, currency: Currency): Price {
  const seat = releaseIds.seatOf(release.id) ?? 0;
  const documented = documentedReleaseAt(seat);
  const documentedPrice = documented?.prices?.[store.country];
  if (documentedPrice !== undefined) return plain(documentedPrice, currency);
  if (isOnlySoldByTrack(seat)) return notSold(currency);
  const hundredths = inCurrency(pounds(seat) + shopMargin(store, seat), currency);
  const full = written(hundredths, currency);
  const share = documented === undefined ? hash(304, seat) % 40 : 40;
  if (share < 3) return { currencyCode: currency.code, value: written(saleOf(hundredths, currency), currency), rrp: full, onSale: true };
  if (share === 3) return { currencyCode: currency.code, value: full, rrp: null, onSale: true };
  if (share < 8) return { currencyCode: currency.code, value: full, rrp: null, onSale: false };
  return plain(full, currency);
}

/** The British price in pence, by size. */
function pounds(seat: number): number {
  const { type, trackCount } = shapeOf(seat);
  if (type === "Video") return 199;
  if (trackCount <= 4) return [99, 99, 149, 199, 249][trackCount] ?? 249;
  if (trackCount < 20) return pick([399, 499, 599, 699, 799, 799, 799, 899, 999], 305, seat);
  return 999 + 100 * Math.floor(trackCount / 4);
}

/** Shops of partners may charge more than the default shop of their country. */
function shopMargin(store: Store, seat: number): number {
  const isPartner = store.shopId !== null && store.shopId !== defaultShop;
  return isPartner && shapeOf(seat).trackCount > 4 && falls(306, store.shopId, 3) ? 100 : 0;
}

function inCurrency(pence: number, currency: Currency): number {
  if (currency.rate === 1) return pence;
  const whole = Math.max(0, Math.round((pence * currency.rate) / 100));
  if (currency.code === "JPY") return Math.max(1, Math.round(whole / 50)) * 5000;
  return currency.ending === "99" ? Math.max(0, whole - 1) * 100 + 99 : Math.max(1, whole) * 100;
}

/** A quarter off, rounded as the currency's prices are. */
function saleOf(hundredths: number, currency: Currency): number {
  const reduced = hundredths * 0.75;
  return currency.ending === "99" ? Math.floor(reduced / 10) * 10 + 9 : Math.floor(reduced / 100) * 100;
}

function plain(value: string, currency: Currency): Price {
  return { currencyCode: currency.code, value, rrp: value, onSale: false };
}

function notSold(currency: Currency): Price {
  return { currencyCode: currency.code, value: null, rrp: null, onSale: false };
}

/** The standard package costs the item's price. Some items come in FLAC too, few of them in 24 bits; a third of those list the
 *  dearer package first. */
export function packagesOf(item: Release | Track, store: Store, formats: readonly Format[]): readonly Package[] {
  const price = priceOf(item, store);
  const standard: Package = { id: 2, description: "standard", price, formats };
  const releaseId = isTrack(item) ? item.releaseId : item.id;
  if (hash(307, releaseId) % 10 >= 4 || item.era === "price") return [standard];
  const pence = isTrack(item) ? 30 : Math.min(300, 30 * item.trackCount);
  const premium: Package = { id: 9, description: "FLAC", price: dearer(price, pence, store), formats: premiumFormats };
  const hiRes: Package = { id: 16, description: "24-bit FLAC", price: dearer(price, 2 * pence, store), formats: hiResFormats };
  const all = falls(308, releaseId, 4) ? [standard, premium, hiRes] : [standard, premium];
  return falls(309, releaseId, 3) ? all.reverse() : all;
}

function dearer(price: Price, pence: number, store: Store): Price {
  if (price.value === null) return price;
  const currency = currencyOf(store.country);
  const value = written(Math.round(Number(price.value) * 100 + pence * currency.rate), currency);
  return { currencyCode: price.currencyCode, value, rrp: value, onSale: false };
}
