/** Global ids one can read: the type and 7digital's own id, "artist:1". A track's holds its release too: "track:1628015:155408", and a
 *  basket's the country or shop it was made in: "basket:GB:…", "basket:34:…". */
import type { Store } from "../upstream/session.js";
import { isCountryCode } from "../country-code.js";
import { badUserInput } from "./input-error.js";

/** What can be asked for by `node`. */
export type NodeKind = "artist" | "release" | "track" | "tag" | "editorialList" | "basket" | "purchase";

export interface NodeId {
  readonly kind: NodeKind;
  /** 7digital's id, or the key of an editorial list. */
  readonly id: string;
  /** Of a track, where the id tells it. */
  readonly releaseId: string | undefined;
  /** Of a basket, where the id tells it. */
  readonly store?: Store;
}

/** 0 is what 7digital writes where there is none. */
const numeric = /^[1-9]\d{0,17}$/;
/** Commas separate tags, so none can stand in one. */
const word = /^(?! )[^,\p{Cc}\p{Cs}]{1,100}(?<! )$/u;
const guid = /^[\dA-Fa-f]{8}(?:-[\dA-Fa-f]{4}){3}-[\dA-Fa-f]{12}$/;
const shapes: Readonly<Record<NodeKind, RegExp>> = {
  artist: numeric,
  release: numeric,
  track: numeric,
  tag: word,
  editorialList: word,
  basket: guid,
  purchase: numeric,
};

function isKind(kind: string): kind is NodeKind {
  return Object.hasOwn(shapes, kind);
}

/** Reads a global id. @throws GraphQLError BAD_USER_INPUT */
export function parseNodeId(argument: string, value: string): NodeId {
  const colon = value.indexOf(":");
  const kind = value.slice(0, Math.max(colon, 0));
  if (!isKind(kind)) {
    throw badUserInput(argument, `This is no id of ours. Ids look like "artist:1", "release:155408" or "track:1628015:155408".`);
  }
  if (kind === "basket") return parseBasketId(argument, value.slice(colon + 1));
  const [id = "", releaseId, ...rest] = kind === "track" ? value.slice(colon + 1).split(":") : [value.slice(colon + 1)];
  const valid = shapes[kind].test(id) && (releaseId === undefined || numeric.test(releaseId)) && rest.length === 0;
  if (!valid) throw badUserInput(argument, `This is no id of ${article(kind)}. ${example(kind)}`);
  return { kind, id, releaseId };
}

/** @param named `<guid>` alone, or behind the country or shop: `GB:<guid>`, `34:<guid>`. */
function parseBasketId(argument: string, named: string): NodeId {
  const [id = "", place, ...rest] = named.split(":").reverse();
  const store = place === undefined ? undefined : storeOfBasket(place);
  if (!guid.test(id) || rest.length > 0 || (place !== undefined && store === undefined)) {
    throw badUserInput(argument, `This is no id of a basket. ${example("basket")}`);
  }
  return { kind: "basket", id, releaseId: undefined, ...(store === undefined ? {} : { store }) };
}

function storeOfBasket(place: string): Store | undefined {
  if (isCountryCode(place)) return { country: place.toUpperCase() };
  return /^[1-9]\d{0,9}$/.test(place) ? { shopId: place } : undefined;
}

/** Reads the id of one kind, global or bare as 7digital writes it. @throws GraphQLError BAD_USER_INPUT */
export function parseIdOf(kind: NodeKind, argument: string, value: string): NodeId {
  if (!value.includes(":")) return parseNodeId(argument, `${kind}:${value}`);
  const parsed = parseNodeId(argument, value);
  if (parsed.kind !== kind) {
    throw badUserInput(argument, `This is the id of ${article(parsed.kind)}, where ${article(kind)} is wanted. ${example(kind)}`);
  }
  return parsed;
}

/** What can be bought or owned on its own: a release, or a track on a release. */
export interface ItemId {
  readonly releaseId: string;
  /** Undefined where it is the whole release. */
  readonly trackId: string | undefined;
}

/** Reads the global id of a release, or of a track with its release. @throws GraphQLError BAD_USER_INPUT */
export function parseItemId(argument: string, value: string): ItemId {
  const { kind, id, releaseId } = parseNodeId(argument, value);
  if (kind === "release") return { releaseId: id, trackId: undefined };
  if (kind === "track" && releaseId !== undefined) return { releaseId, trackId: id };
  throw badUserInput(
    argument,
    'Send the global id of a release ("release:155408"), or that of a track with its release ("track:1628015:155408").',
  );
}

export function basketNodeId(basketId: string, store: Store): string {
  return `basket:${"shopId" in store ? store.shopId : store.country}:${basketId}`;
}

export function trackNodeId(trackId: string, releaseId: string | undefined): string {
  return releaseId === undefined ? `track:${trackId}` : `track:${trackId}:${releaseId}`;
}

function article(kind: NodeKind): string {
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

function example(kind: NodeKind): string {
  if (kind === "basket") return `Send "basket:GB:<GUID>", "basket:34:<GUID>" for one of shop 34, or just the GUID.`;
  const bare = {
    artist: "1",
    release: "155408",
    track: "1628015:155408",
    tag: "rock",
    editorialList: "featured_albums",
    purchase: "123456",
  }[kind];
  return `Send "${kind}:${bare}" or just "${bare.split(":")[0] ?? ""}", for example.`;
}
