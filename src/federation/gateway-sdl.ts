/** Prints the schema for gateways: sorted, with descriptions, without our own directives, and with those that the gateway reads. */
import { printSchemaWithDirectives, pruneSchema } from "@graphql-tools/utils";
import { bareName } from "./prefix.js";
import {
  isObjectType,
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  visit,
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type GraphQLField,
  type GraphQLSchema,
} from "graphql";

/** What one kind of gateway reads. A directive is written as in SDL: `@shareable`. */
export interface GatewayDirectives {
  /** What stands before all types. */
  readonly head: string;
  /** Names of types, and of fields of the query type, that it does not read. */
  readonly hidden: ReadonlySet<string>;
  /** @param name Without the prefix of the schema. */
  readonly ofType: (name: string) => readonly string[];
  readonly ofField: (field: GraphQLField<unknown, unknown>, isRoot: boolean) => readonly string[];
}

export function printForGateway(schema: GraphQLSchema, { head, hidden, ofType, ofField }: GatewayDirectives): string {
  const roots = [schema.getQueryType()?.name, schema.getMutationType()?.name];
  const printed = parse(printSchemaWithDirectives(lexicographicSortSchema(pruneSchema(schema))), { noLocation: true });
  const document = visit(printed, {
    // A gateway drops directives of operations and has no use for those of costs: descriptions say the same.
    Directive: ({ name }) => (name.value === "deprecated" || name.value === "specifiedBy" ? undefined : null),
    Document: ({ definitions, ...rest }) => ({ ...rest, definitions: definitions.filter((one) => isShown(one, hidden)) }),
    ObjectTypeDefinition: {
      leave(node) {
        const name = node.name.value;
        const type = schema.getType(name);
        if (!isObjectType(type)) return undefined;
        const withDirectives = (field: FieldDefinitionNode): FieldDefinitionNode => {
          const directives = ofField(type.getFields()[field.name.value] as GraphQLField<unknown, unknown>, roots.includes(name));
          return { ...field, directives: [...(field.directives ?? []), ...directives.map(parsedDirective)] };
        };
        const fields = (node.fields ?? []).filter((field) => !hidden.has(field.name.value)).map(withDirectives);
        return { ...node, fields, directives: [...(node.directives ?? []), ...ofType(bareName(schema, name)).map(parsedDirective)] };
      },
    },
  });
  return `${head}\n\n${print(document).trim()}\n`;
}

function isShown(definition: DefinitionNode, hidden: ReadonlySet<string>): boolean {
  if (definition.kind === Kind.DIRECTIVE_DEFINITION || definition.kind === Kind.SCHEMA_DEFINITION) return false;
  return !("name" in definition) || !hidden.has(definition.name.value);
}

function parsedDirective(text: string): ConstDirectiveNode {
  const [scalar] = parse(`scalar S ${text}`, { noLocation: true }).definitions;
  const directive = scalar?.kind === Kind.SCALAR_TYPE_DEFINITION ? scalar.directives?.[0] : undefined;
  if (directive === undefined) throw new TypeError(`Not a directive: ${text}`);
  return directive;
}
