/** The SDL that composition reads: the public schema without what belongs to the whole graph, with the keys of entities, and with costs in the
 *  directives of Federation 2.9 where a gateway can use them. A cost at every field would be added up for every item of a list, which comes
 *  to many times what we call. */
import { printSchemaWithDirectives, pruneSchema } from "@graphql-tools/utils";
import {
  isObjectType,
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  visit,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
} from "graphql";
import { costOf } from "../graph/field-cost.js";
import { entities } from "./entities.js";

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@cost", "@listSize"])\n\n';

/** What only a subgraph has. */
const ofFederation: ReadonlySet<string> = new Set(["_Any", "_Entity", "_Service", "_entities", "_service"]);
/** Types without an identity that other subgraphs may define alike: every subgraph that pages has PageInfo. */
const valueTypes: ReadonlySet<string> = new Set(["PageInfo", "Money", "Image"]);

/** Sorted and with descriptions, without types that no field leads to. */
export function printSubgraph(schema: GraphQLSchema): string {
  const printed = parse(printSchemaWithDirectives(lexicographicSortSchema(pruneSchema(schema))), { noLocation: true });
  return `${link}${print(forComposition(printed, schema)).trim()}\n`;
}

function forComposition(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const queryName = schema.getQueryType()?.name;
  return visit(document, {
    // Composition has no use for our own directives: descriptions say the same. A gateway drops those of operations.
    Directive: ({ name }) => (name.value === "deprecated" || name.value === "specifiedBy" ? undefined : null),
    Document: ({ definitions, ...rest }) => ({ ...rest, definitions: definitions.filter(isComposed) }),
    ObjectTypeDefinition: {
      leave(node) {
        const type = schema.getType(node.name.value);
        if (!isObjectType(type)) return undefined;
        const isRoot = node.name.value === queryName || node.name.value === schema.getMutationType()?.name;
        const fields = (node.fields ?? [])
          .filter(({ name }) => !ofFederation.has(name.value))
          .map((field) => withCost(field, type.getFields()[field.name.value], isRoot));
        return { ...node, fields, directives: [...(node.directives ?? []), ...directivesOf(node)] };
      },
    },
  });
}

function isComposed(definition: DefinitionNode): boolean {
  if (definition.kind === Kind.DIRECTIVE_DEFINITION || definition.kind === Kind.SCHEMA_DEFINITION) return false;
  return !("name" in definition) || !ofFederation.has(definition.name.value);
}

function directivesOf({ name: { value: name } }: ObjectTypeDefinitionNode): readonly ConstDirectiveNode[] {
  if (valueTypes.has(name)) return [directive("shareable", "")];
  const keys = Object.hasOwn(entities, name) ? entities[name]?.keys : undefined;
  return (keys ?? []).map((key) => directive("key", `(fields: ${JSON.stringify(key)})`));
}

type Field = Parameters<typeof costOf>[0];

/** Costs at the root, where they are paid once, and the sizes of lists. */
function withCost(node: FieldDefinitionNode, field: Field | undefined, isRoot: boolean): FieldDefinitionNode {
  if (field === undefined) return node;
  const { upstream } = costOf(field);
  if (upstream === undefined) return node;
  const cost = isRoot && upstream.calls > 0 ? [directive("cost", `(weight: ${String(upstream.calls)})`)] : [];
  const size =
    upstream.list === undefined
      ? []
      : [directive("listSize", '(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)')];
  return { ...node, directives: [...(node.directives ?? []), ...cost, ...size] };
}

function directive(name: string, args: string): ConstDirectiveNode {
  const { definitions } = parse(`scalar S @${name}${args}`, { noLocation: true });
  const [scalar] = definitions;
  if (scalar?.kind !== Kind.SCALAR_TYPE_DEFINITION || scalar.directives?.[0] === undefined) throw new TypeError("Not a directive.");
  return scalar.directives[0];
}
