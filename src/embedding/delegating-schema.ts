/** An executable schema over the pipeline, for servers that execute schemas themselves. The first field of an operation that is resolved
 *  runs the whole operation, with one plan and one limit for all of it; all fields read its result. Values pass through as they are, since
 *  the pipeline has serialized them. */
import {
  buildSchema,
  isAbstractType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import type { GraphRequest } from "./graph-request.js";
import type { LocalRun } from "./local-run.js";
import { Outcome } from "./outcome.js";
import { wholeOperation } from "./whole-operation.js";

interface DelegatingOptions {
  /** Of the schema that the pipeline executes. */
  readonly sdl: string;
  readonly run: LocalRun;
  readonly requestOf: (context: unknown) => GraphRequest;
}

export function createDelegatingSchema({ sdl, run, requestOf }: DelegatingOptions): GraphQLSchema {
  const schema = withoutSubscriptions(buildSchema(sdl, { assumeValidSDL: true }));
  const { resolveRoot, resolveField } = createResolvers(schema, run, requestOf);
  const roots = [schema.getQueryType(), schema.getMutationType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = (value: { readonly __typename?: string }) => value.__typename;
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    const resolve = roots.includes(type) ? resolveRoot : resolveField;
    for (const field of Object.values(type.getFields())) field.resolve = resolve;
  }
  return schema;
}

/** They need a connection that stays open. */
function withoutSubscriptions(schema: GraphQLSchema): GraphQLSchema {
  const { types, subscription, ...config } = schema.toConfig();
  return new GraphQLSchema({ ...config, types: types.filter((type) => type !== subscription), assumeValid: true });
}

interface UnderWay {
  readonly context: unknown;
  readonly operation: OperationDefinitionNode;
  readonly outcome: Promise<Outcome>;
}

type Resolver<S = unknown> = GraphQLFieldResolver<S, unknown>;

function createResolvers(schema: GraphQLSchema, run: LocalRun, requestOf: DelegatingOptions["requestOf"]) {
  const texts = new WeakMap<object, string>();
  const underWay = new WeakMap<object, UnderWay>();
  const outcomes = new WeakMap<object, Outcome>();

  function textOf(info: GraphQLResolveInfo): string {
    const text = texts.get(info.operation) ?? wholeOperation(schema, info);
    texts.set(info.operation, text);
    return text;
  }

  /** Every execution coerces its variables into an object of its own, while operations and contexts may be shared. Those are compared as well:
   *  should an executor share the object, no caller gets what another one asked for. */
  function outcomeFor(context: unknown, info: GraphQLResolveInfo): Promise<Outcome> {
    const { variableValues, operation } = info;
    const known = underWay.get(variableValues);
    if (known !== undefined && known.context === context && known.operation === operation) return known.outcome;
    const outcome = run({ query: textOf(info), variables: variableValues }, requestOf(context)).then((result) => new Outcome(result));
    underWay.set(variableValues, { context, operation, outcome });
    return outcome;
  }

  const resolveRoot: Resolver = async (_root, _args, context, info) => {
    const outcome = await outcomeFor(context, info);
    outcomes.set(info.variableValues, outcome);
    return outcome.root(info);
  };
  const resolveField: Resolver<Readonly<Record<string, unknown>>> = (source, _args, _context, info) =>
    outcomes.get(info.variableValues)?.read(source[info.path.key], info);
  return { resolveRoot, resolveField };
}
