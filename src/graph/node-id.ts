/** Global ids one can read: the type and 7digital's own id, "artist:1". A track's holds its release too: "track:1628015:155408". */
import { badUserInput } from "./input-error.js";

/** What can be asked for by `node`. */
export type NodeKind = "artist" | "release" | "track" | "tag" | "editorialList";

export interface NodeId {
  readonly kind: NodeKind;
  /** 7digital's id, or the key of an editorial list. */
  readonly id: string;
  /** Of a track, where the id tells it. */
  readonly releaseId: string | undefined;
}

const numeric = /^[1-9]\d{0,17}$/;
/** Commas separate tags, so none can stand in one. */
const word = /^(?! )[^,\p{Cc}\p{Cs}]{1,100}(?<! )$/u;
const shapes: Readonly<Record<NodeKind, RegExp>> = { artist: numeric, release: numeric, track: numeric, tag: word, editorialList: word };

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
  const [id = "", releaseId, ...rest] = kind === "track" ? value.slice(colon + 1).split(":") : [value.slice(colon + 1)];
  const valid = shapes[kind].test(id) && (releaseId === undefined || numeric.test(releaseId)) && rest.length === 0;
  if (!valid) throw badUserInput(argument, `This is no id of ${article(kind)}. ${example(kind)}`);
  return { kind, id, releaseId };
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

export function trackNodeId(trackId: string, releaseId: string | undefined): string {
  return releaseId === undefined ? `track:${trackId}` : `track:${trackId}:${releaseId}`;
}

function article(kind: NodeKind): string {
  return /^[aeiou]/.test(kind) ? `an ${kind}` : `a ${kind}`;
}

function example(kind: NodeKind): string {
  const bare = { artist: "1", release: "155408", track: "1628015:155408", tag: "rock", editorialList: "featured_albums" }[kind];
  return `Send "${kind}:${bare}" or just "${bare.split(":")[0] ?? ""}", for example.`;
}
