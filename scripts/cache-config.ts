/** `npm run cache-config`: writes what normalised caches have to know about the schema, for Apollo Client and for graphcache; with `--check`
 *  writes nothing and exits 1 where a file is not what schema/schema.graphql says. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  buildSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
} from "graphql";
import { format, resolveConfig } from "prettier";
import { writeOrCheck } from "./write-or-check.js";

type Field = GraphQLField<unknown, unknown>;

const root = resolve(import.meta.dirname, "..");
const schema = buildSchema(readFileSync(join(root, "schema/schema.graphql"), "utf8"));
const rootTypes = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
const objects = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith("__"));
/** Both caches know how to store these: they need no key, and their lists are paged. */
const isPart = ({ name }: GraphQLObjectType): boolean => /(Connection|Edge)$|^PageInfo$/.test(name);
const values = objects.filter((type) => !rootTypes.includes(type) && !isPart(type) && type.getFields()["id"] === undefined);
/** A payload and its errors are the result of one request: no query leads to them. */
const isResult = (type: GraphQLObjectType): boolean =>
  type.name.endsWith("Payload") || type.getInterfaces().some(({ name }) => name === "UserError");

const isConnection = ({ type }: Field): boolean => getNamedType(type).name.endsWith("Connection");
const isObjectList = ({ type }: Field): boolean => isListType(getNullableType(type)) && isCompositeType(getNamedType(type));
/** A list begins anew with each `offset`, so it makes another list, as every argument does that is not about a page. */
const pageArguments = new Set(["first", "after", "last", "before"]);

const head = "/** Written by `npm run cache-config` from schema/schema.graphql. */";
const ownTypes = objects.filter(
  (type) => type !== schema.getMutationType() && type !== schema.getSubscriptionType() && !isPart(type) && !isResult(type),
);

function fieldsOf(type: GraphQLObjectType, print: (field: Field) => string | undefined): string[] {
  return Object.values(type.getFields()).flatMap((field) => {
    const printed = print(field);
    return printed === undefined ? [] : [`${field.name}: ${printed}`];
  });
}

function apollo(): string {
  const policies = ownTypes.map((type) => {
    const fields = fieldsOf(type, (field) => {
      const keys = field.args.map(({ name }) => name).filter((name) => !pageArguments.has(name));
      if (isConnection(field)) return `connection(${JSON.stringify(keys)})`;
      return isObjectList(field) ? "replaced" : undefined;
    });
    const parts = [...(values.includes(type) ? ["merge: true"] : []), ...(fields.length > 0 ? [`fields: { ${fields.join(", ")} }`] : [])];
    return parts.length > 0 ? [`${type.name}: { ${parts.join(", ")} }`] : [];
  });
  return `${head}
    import type { TypePolicies } from "@apollo/client";
    import { connection } from "./connection";

    /** A list that does not page: the last response is the whole list. */
    const replaced = { merge: false } as const;

    export const typePolicies: TypePolicies = { ${policies.flat().join(", ")} };`;
}

function graphcache(): string {
  const resolvers = ownTypes.flatMap((type) => {
    const fields = fieldsOf(type, (field) => (isConnection(field) ? "relayPagination()" : undefined));
    return fields.length > 0 ? [`${type.name}: { ${fields.join(", ")} }`] : [];
  });
  return `${head}
    import type { KeyingConfig, ResolverConfig } from "@urql/exchange-graphcache";
    import { relayPagination } from "@urql/exchange-graphcache/extras";

    /** A value without an \`id\` belongs to the object that it was read from. */
    const embedded = (): null => null;

    export const keys: KeyingConfig = { ${values.map(({ name }) => `${name}: embedded`).join(", ")} };

    export const resolvers: ResolverConfig = { ${resolvers.join(", ")} };`;
}

const files = { "examples/apollo/type-policies.ts": apollo(), "examples/urql/cache-config.ts": graphcache() };
for (const [name, source] of Object.entries(files)) {
  const path = join(root, name);
  const text = await format(source, { ...(await resolveConfig(path)), filepath: path });
  writeOrCheck(name, text, () => `${name} is not what the schema says. Run \`npm run cache-config\` and commit it.`);
}
