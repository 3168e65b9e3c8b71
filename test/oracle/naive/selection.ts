/** What a field asks of the object it gives. A thing that is asked only for lists and other things found by its id alone is not looked
 *  up; one that is asked for nothing but ids is, because then the question is whether it exists. */
import {
  getArgumentValues,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isObjectType,
  Kind,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type SelectionNode,
} from "graphql";

const byIdAlone: Readonly<Record<string, readonly string[]>> = {
  Artist: ["releases", "topTracks", "similarArtists", "recommendedReleases", "tags"],
  Release: ["review", "promotionalText", "tracks", "recommendedReleases", "tags"],
  Track: ["clipIfAvailable", "clip"],
  Tag: ["tagged"],
};
const ids = ["__typename", "id", "artistId", "releaseId", "trackId", "tagId"];
const isOwnId = (typeName: string, name: string) => ids.includes(name) && !(typeName === "Track" && name === "releaseId");

export function isAskedByIdAlone(info: GraphQLResolveInfo, typeName: string): boolean {
  const type = info.schema.getType(typeName);
  if (!isObjectType(type)) throw new Error(`There is no ${typeName}.`);
  const fields = info.fieldNodes.flatMap((node) => fieldsIn(node.selectionSet?.selections ?? [], type, info));
  const others = fields.filter((node) => !isOwnId(typeName, node.name.value));
  return others.length > 0 && others.every((node) => (byIdAlone[typeName] ?? []).includes(node.name.value) || namesStore(node, type, info));
}

function namesStore(node: FieldNode, type: GraphQLObjectType, info: GraphQLResolveInfo): boolean {
  const price = type.getFields()["price"];
  if (node.name.value !== "price" || price === undefined) return false;
  const { country, shopId } = getArgumentValues(price, node, info.variableValues);
  return Boolean(country ?? shopId);
}

function fieldsIn(selections: readonly SelectionNode[], type: GraphQLObjectType, info: GraphQLResolveInfo): FieldNode[] {
  return selections.flatMap((node) => {
    const skip = getDirectiveValues(GraphQLSkipDirective, node, info.variableValues)?.["if"] === true;
    const include = getDirectiveValues(GraphQLIncludeDirective, node, info.variableValues)?.["if"] !== false;
    if (skip || !include) return [];
    if (node.kind === Kind.FIELD) return [node];
    const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : info.fragments[node.name.value];
    const condition = fragment?.typeCondition && info.schema.getType(fragment.typeCondition.name.value);
    const applies = !condition || condition === type || (isAbstractType(condition) && info.schema.isSubType(condition, type));
    return applies ? fieldsIn(fragment?.selectionSet.selections ?? [], type, info) : [];
  });
}
