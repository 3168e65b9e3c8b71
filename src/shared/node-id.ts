/** Global IDs that people can read: the kind and 7digital's own id, "artist:1". That of a track has its release too,
 *  "track:1628015:155408", and that of a basket the country or shop it was made in, "basket:GB:…" or "basket:34:…". That of a user is a
 *  digest, "viewer:…", which an attempt to buy has before its key, "purchaseAttempt:…:…". */
import type { Store } from "../upstream/session.js";
import { isCountryCode } from "../formats/country-code.js";
import { isShopId } from "../formats/value-formats.js";
import { badUserInput } from "./client-error.js";

/** The kinds that `node` finds. */
export type NodeKind =
  "artist" | "release" | "track" | "tag" | "editorialList" | "merchandisingList" | "basket" | "purchase" | "viewer" | "purchaseAttempt";

export interface NodeId {
  readonly kind: NodeKind;
  /** 7digital's id, the key of an editorial list, or what is behind the kind. */
  readonly id: string;
  /** Of a track, where the ID names it. */
  readonly releaseId: string | undefined;
  /** Of a basket, where the ID names it. */
  readonly store?: Store;
}

/** 0 is what 7digital writes where there is none. */
const numeric = /^[1-9]\d{0,17}$/;
/** Commas separate tags, so none can stand in one. */
const word = /^(?! )[^,\p{Cc}\p{Cs}]{1,100}(?<! )$/u;
const guid = /^[\dA-Fa-f]{8}(?:-[\dA-Fa-f]{4}){3}-[\dA-Fa-f]{12}$/;
const kinds: Readonly<Record<NodeKind, { readonly shape: RegExp; readonly example: string }>> = {
  artist: { shape: numeric, example: "1" },
  release: { shape: numeric, example: "155408" },
  track: { shape: numeric, example: "1628015:155408" },
  tag: { shape: word, example: "rock" },
  editorialList: { shape: word, example: "featured_albums" },
  merchandisingList: { shape: word, example: "home1" },
  basket: { shape: guid, example: "GB:<GUID>" },
  purchase: { shape: numeric, example: "123456" },
  viewer: { shape: /^[\w-]{22}$/, example: "<22 characters>" },
  purchaseAttempt: { shape: /^[\w-]{22}:[\w-]{16,64}$/, example: "<22 characters>:<idempotency key>" },
};

function isKind(kind: string): kind is NodeKind {
  return Object.hasOwn(kinds, kind);
}

/** Reads a global ID. @throws ClientError BAD_USER_INPUT */
export function parseNodeId(argument: string, value: string): NodeId {
  const parsed = nodeIdOf(value);
  if (parsed !== undefined) return parsed;
  const kind = kindOf(value);
  const examples = kind === undefined ? 'an ID like "artist:1", "release:155408" or "track:1628015:155408"' : globalExample(kind);
  throw badUserInput(argument, `Not a valid global ID. Expected ${examples}.`);
}

/** Reads the ID of one kind, global or bare as 7digital writes it. @throws ClientError BAD_USER_INPUT */
export function parseIdOf(kind: NodeKind, argument: string, value: string): NodeId {
  const parsed = nodeIdOf(value.includes(":") ? value : `${kind}:${value}`);
  if (parsed?.kind === kind) return parsed;
  const wrong = parsed === undefined ? "Not a valid global ID." : `This is the ID of another kind: ${parsed.kind}.`;
  throw badUserInput(argument, `${wrong} Expected ${globalExample(kind)} or ${bareExample(kind)}.`);
}

/** Undefined where it is not valid. */
function nodeIdOf(value: string): NodeId | undefined {
  const kind = kindOf(value);
  if (kind === undefined) return undefined;
  const rest = value.slice(kind.length + 1);
  if (kind === "basket") return basketIdOf(rest);
  const [id = "", releaseId, ...more] = kind === "track" ? rest.split(":") : [rest];
  const isValid = kinds[kind].shape.test(id) && (releaseId === undefined || numeric.test(releaseId)) && more.length === 0;
  return isValid ? { kind, id, releaseId } : undefined;
}

function kindOf(value: string): NodeKind | undefined {
  const kind = value.slice(0, Math.max(value.indexOf(":"), 0));
  return isKind(kind) ? kind : undefined;
}

/** @param named The GUID, alone or behind the country or shop: `GB:<GUID>`, `34:<GUID>`. */
function basketIdOf(named: string): NodeId | undefined {
  const [id = "", place, ...more] = named.split(":").reverse();
  const store = place === undefined ? undefined : storeOfBasket(place);
  if (!guid.test(id) || more.length > 0 || (place !== undefined && store === undefined)) return undefined;
  return { kind: "basket", id, releaseId: undefined, ...(store === undefined ? {} : { store }) };
}

function storeOfBasket(place: string): Store | undefined {
  if (isCountryCode(place)) return { country: place.toUpperCase() };
  return isShopId(place) ? { shopId: place } : undefined;
}

function globalExample(kind: NodeKind): string {
  return `"${kind}:${kinds[kind].example}"`;
}

function bareExample(kind: NodeKind): string {
  return kind === "basket" ? "just the GUID" : `"${kinds[kind].example.split(":")[0] ?? ""}"`;
}

/** An item that can be bought or owned: a release, or a track on a release. */
export interface ItemId {
  readonly releaseId: string;
  /** Undefined for the whole release. */
  readonly trackId: string | undefined;
}

/** Reads the global ID of a release, or of a track with its release. @throws ClientError BAD_USER_INPUT */
export function parseItemId(argument: string, value: string): ItemId {
  const { kind, id, releaseId } = parseNodeId(argument, value);
  if (kind === "release") return { releaseId: id, trackId: undefined };
  if (kind === "track" && releaseId !== undefined) return { releaseId, trackId: id };
  throw badUserInput(
    argument,
    'Not the ID of an item. Expected a release ("release:155408") or a track with its release ("track:1628015:155408").',
  );
}

export function basketNodeId(basketId: string, store: Store): string {
  return `basket:${"shopId" in store ? store.shopId : store.country}:${basketId}`;
}

export function trackNodeId(trackId: string, releaseId: string | undefined): string {
  return releaseId === undefined ? `track:${trackId}` : `track:${trackId}:${releaseId}`;
}

/** The most IDs that a field takes. */
export const mostIds = 100;

/** @throws ClientError BAD_USER_INPUT for more than a field takes */
export function requireFewIds(argument: string, ids: readonly string[]): readonly string[] {
  if (ids.length > mostIds) throw badUserInput(argument, `Send at most ${String(mostIds)} ids at once.`);
  return ids;
}
