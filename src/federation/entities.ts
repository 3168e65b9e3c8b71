/** The entities of the subgraph: their keys, and how an object is found by any of them. Baskets and purchases have none: the ID of a basket
 *  is a bearer right, and a purchase is its owner's. A track's `trackId` alone is no key, because it is on several releases.
 *  @see https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec */
import { artistFinder, editorialListFinder, releaseFinder, tagFinder, trackFinder } from "../catalogue/finders.graph.js";
import type { NodeFinder } from "../graph/node.js";
import { badUserInput } from "../shared/client-error.js";
import { parseIdOf, type NodeId, type NodeKind } from "../shared/node-id.js";

export interface Entity {
  readonly kind: NodeKind;
  readonly finder: NodeFinder;
  /** Sets of fields that identify an object, each as the argument of `@key`. The first is the global ID. */
  readonly keys: readonly ["id", string];
  /** The object as its keys alone tell. */
  readonly stub: (id: NodeId) => object;
}

/** By the name of the type. */
export const entities: Readonly<Record<string, Entity>> = {
  Artist: { kind: "artist", finder: artistFinder, keys: ["id", "artistId"], stub: ({ id }) => ({ artistId: id }) },
  Release: { kind: "release", finder: releaseFinder, keys: ["id", "releaseId"], stub: ({ id }) => ({ releaseId: id }) },
  Track: { kind: "track", finder: trackFinder, keys: ["id", "trackId releaseId"], stub: trackStub },
  Tag: { kind: "tag", finder: tagFinder, keys: ["id", "tagId"], stub: ({ id }) => ({ tagId: id }) },
  EditorialList: { kind: "editorialList", finder: editorialListFinder, keys: ["id", "key"], stub: ({ id }) => ({ listId: id, key: id }) },
};

function trackStub({ id, releaseId }: NodeId): object {
  return { trackId: id, release: releaseId === undefined ? undefined : { releaseId } };
}

/** One object that a gateway asks for: the name of its type, and the fields of one of its keys. */
export type Representation = Readonly<Record<string, unknown>>;

export interface Identified {
  readonly entity: Entity;
  readonly id: NodeId;
}

/** Reads a representation. Fields besides the key do not matter. @param prefix Of the names of types. @throws ClientError BAD_USER_INPUT */
export function identified(representation: Representation, prefix: string): Identified {
  const { __typename: name } = representation;
  const found = Object.entries(entities).find(([bare]) => name === `${prefix}${bare}`);
  if (found === undefined) {
    const names = Object.keys(entities).map((bare) => `${prefix}${bare}`);
    throw badUserInput("representations", `Not an entity here. Send one of ${names.join(", ")}.`);
  }
  const [, entity] = found;
  return { entity, id: idOf(entity, representation) };
}

function idOf({ kind, keys: [global, own] }: Entity, representation: Representation): NodeId {
  const argument = `representations.${kind}`;
  const given = representation[global];
  if (isId(given)) return globalIdOf(kind, `${argument}.${global}`, String(given));
  const values = own.split(" ").map((name) => representation[name]);
  if (!values.every(isId)) throw badUserInput(argument, `Send the fields of one of its keys: "${global}" or "${own}".`);
  return parseIdOf(kind, `${argument}.${own}`, [kind, ...values].join(":"));
}

/** A bare ID is not a global one. */
function globalIdOf(kind: NodeKind, argument: string, id: string): NodeId {
  return parseIdOf(kind, argument, id.includes(":") ? id : `:${id}`);
}

function isId(value: unknown): value is string | number {
  return typeof value === "string" || Number.isSafeInteger(value);
}
