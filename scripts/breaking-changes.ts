/** Breaking changes between two schemas, and which of them a changelog announces. */
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema, isInterfaceType, isObjectType, print, type ConstDirectiveNode, type GraphQLSchema } from "graphql";

export interface BreakingChange {
  /** A schema coordinate: `Type`, `Type.field`, `Type.field(argument:)`, `Enum.VALUE`, `@directive` or `@directive(argument:)`. */
  readonly coordinate: string;
  /** What changed, in words. */
  readonly message: string;
}

/** @param before SDL @param after SDL
 *  @see https://the-guild.dev/graphql/inspector for what counts as breaking. What directives promise (`lostPromises`) counts too. */
export async function breakingChanges(before: string, after: string): Promise<readonly BreakingChange[]> {
  const [old, current] = [buildSchema(before, { assumeValidSDL: true }), buildSchema(after, { assumeValidSDL: true })];
  const changes = await diff(old, current);
  const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
  return [...breaking.map(({ path, message }) => ({ coordinate: coordinateOf(path), message })), ...lostPromises(old, current)];
}

/** The library separates all names by dots. The root types of the schema have no path. */
function coordinateOf(path = "schema"): string {
  const [first = "", second, argument] = path.split(".");
  if (first.startsWith("@") && second !== undefined) return `${first}(${second}:)`;
  const member = second === undefined ? first : `${first}.${second}`;
  return argument === undefined ? member : `${member}(${argument}:)`;
}

/** What gateways find objects by and may share, and what says that a field is null only with an error. */
const promising: ReadonlySet<string> = new Set(["key", "merge", "shareable", "semanticNonNull"]);

/** Directives that are gone from a type or field that is still there. */
function lostPromises(old: GraphQLSchema, current: GraphQLSchema): readonly BreakingChange[] {
  const now = promisesOf(current);
  return [...promisesOf(old)].flatMap(([coordinate, promises]) => {
    const kept = now.get(coordinate);
    const lost = kept === undefined ? [] : promises.filter((promise) => !kept.includes(promise));
    return lost.map((promise) => ({ coordinate, message: `'${coordinate}' has no ${promise} any more` }));
  });
}

/** By the coordinates of all types with fields, and of their fields. */
function promisesOf(schema: GraphQLSchema): ReadonlyMap<string, readonly string[]> {
  const printed = (directives: readonly ConstDirectiveNode[] = []) =>
    directives.filter(({ name }) => promising.has(name.value)).map((directive) => print(directive));
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
  return new Map(
    types.flatMap((type) => [
      [type.name, printed(type.astNode?.directives)] as const,
      ...Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, printed(field.astNode?.directives)] as const),
    ]),
  );
}

/** The changes that the changelog does not name: by their coordinate in backticks, by that of the field for an argument, or by one with `*` for a
 *  part of a name (`ItemDeliver*`, `*.similar`). What stands under "Added" announces nothing.
 *  @param section Of one version, in Markdown. */
export function unannounced(changes: readonly BreakingChange[], section: string): readonly BreakingChange[] {
  const announcing = section.split(/^### /m).filter((part) => !part.startsWith("Added\n"));
  const named = [...announcing.join("").matchAll(/`([^`]+)`/g)].map(([, text = ""]) => patternOf(text));
  return changes.filter(({ coordinate }) => {
    const names = [coordinate, coordinate.replace(/\(.*/, "")];
    return !named.some((pattern) => names.some((name) => pattern.test(name)));
  });
}

function patternOf(text: string): RegExp {
  const literal = text.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", String.raw`\w+`);
  return new RegExp(`^${literal}$`);
}

/** The part of a changelog that is about a version. Empty where there is none. */
export function sectionOf(changelog: string, version: string): string {
  const sections = changelog.split(/^## (?=\[)/m);
  return sections.find((section) => section.startsWith(`[${version}]`)) ?? "";
}
