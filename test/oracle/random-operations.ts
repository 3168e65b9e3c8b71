/** Random operations on the catalogue that are valid and not too dear: the same seed gives the same one. */
import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  validate,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
} from "graphql";
import { Chance } from "./chance.js";
import { valueFor } from "./random-values.js";

export interface Operation {
  readonly source: string;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What the naive executor does not answer: a proof, a clock, a signature, a list that comes from no call, and what is not of the catalogue. */
const notNaive: readonly string[] = [
  ...["quote", "clip", "catalogueDownload", "catalogueStream", "subscriptionStream", "radioStream"],
  ...["stores", "storeContext", "basket", "viewer", "user", "users", "artistMatches", "releaseMatches", "trackMatches"],
  ...["account", "paymentCards", "paymentCardRegistration", "paymentCardTypes", "streamingSubscription"],
  ...["upstreamQuota", "upstreamTime", "upstreamStores", "ipLocation"],
];
const plumbing = new Set(["nodes", "edges", "node", "pageInfo"]);
/** What clients ask for most, and what hardly any does; these operations do likewise. */
const popular = new Set(["artist", "release", "track", "search", "releaseChart", "trackChart", "artistChart", "title", "name", "price"]);
const unpopular = new Set(["tag", "count"]);
const weights = { popular: 8, unpopular: 1, others: 2 };
const deepest = 5;
/** Roughly, in calls. */
const most = 60;

interface Wanted {
  /** Names of fields that no operation has. */
  readonly leftOut?: readonly string[];
  /** Whether some choose their store by `@inContext`. */
  readonly inContext?: boolean;
  /** Without the forms that gateways answer wrongly: no fragment on an interface inside an object, no field that stands twice of which one has a
   *  condition, and no fragment of nothing but `__typename`. */
  readonly plain?: boolean;
}

export function randomOperation(schema: GraphQLSchema, seed: number, wanted: Wanted = {}): Operation {
  const { leftOut = notNaive, inContext = true, plain = false } = wanted;
  const chance = new Chance(seed);
  for (let attempt = 0; attempt < 100; attempt++) {
    const { source, variables } = new Writing(schema, chance, { leftOut, inContext, plain }).operation();
    if (plain && /on \w+[^{]*\{ __typename \}/.test(source)) continue;
    const document = parse(source);
    // Fields of two fragments may ask for different things under one name.
    if (validate(schema, document).length === 0) return { source, document, variables };
  }
  throw new Error(`No operation was valid with seed ${seed}.`);
}

interface Place {
  readonly type: GraphQLCompositeType;
  readonly depth: number;
  /** How many objects stand here at most. */
  readonly times: number;
}

class Writing {
  private readonly fragments: { name: string; type: string; text: string; calls: number }[] = [];
  private readonly definitions: string[] = [];
  private readonly variables: Record<string, unknown> = {};
  private left: number;
  private aliases = 0;
  private directives = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly chance: Chance,
    private readonly wanted: Required<Wanted>,
  ) {
    this.left = chance.between(3, most);
  }

  operation() {
    const query = this.schema.getQueryType();
    if (!query) throw new Error("The schema has no queries.");
    const root = this.selections({ type: query, depth: 0, times: 1 }, this.chance.between(1, 3));
    const store = this.wanted.inContext && this.chance.in(0.2) ? ` @inContext(${this.store()})` : "";
    const heading = this.definitions.length > 0 || store !== "" ? `query Random${bracketed(this.definitions)}${store} ` : "";
    const source = [heading + root, ...this.fragments.map(({ name, type, text }) => `fragment ${name} on ${type} ${text}`)].join("\n");
    return { source, variables: this.variables };
  }

  private store(): string {
    return this.chance.in(0.5)
      ? `country: "${this.chance.pick(["DE", "US", "FR"])}"`
      : `shopId: "${this.chance.pick(["34", "36", "1064"])}"`;
  }

  private selections(place: Place, count: number): string {
    const parts = Array.from({ length: count }, () => this.selection(place)).filter((part) => part !== undefined);
    // An object must be asked for something; its name costs nothing.
    return `{ ${parts.length === 0 ? "__typename" : [...new Set(parts)].join(" ")} }`;
  }

  private selection(place: Place): string | undefined {
    const { chance } = this;
    const fields = isObjectType(place.type) || isInterfaceType(place.type) ? Object.values(place.type.getFields()) : [];
    const many = isObjectType(place.type) ? 0.12 : 0.7;
    if (place.depth > 0 && (chance.in(many) || fields.length === 0)) return this.fragment(place);
    const affordable = fields.filter((field) => !this.wanted.leftOut.includes(field.name) && this.isAffordable(field, place));
    const weighted = affordable.flatMap((field) => new Array<typeof field>(weightOf(field.name)).fill(field));
    return weighted.length === 0 ? undefined : this.field(chance.pick(weighted), place);
  }

  private isAffordable(field: GraphQLField<unknown, unknown>, { times, depth }: Place): boolean {
    const isDeep = isCompositeType(getNamedType(field.type)) && !plumbing.has(field.name) && depth >= deepest;
    return !isDeep && callsOf(field) * times <= this.left;
  }

  private field(field: GraphQLField<unknown, unknown>, place: Place): string {
    const { chance } = this;
    this.left -= callsOf(field) * place.times;
    const given = field.args.flatMap((argument) => this.argument(field, argument, place));
    const several = given.find(({ name }) => ["first", "ids"].includes(name))?.value;
    const length = Array.isArray(several) ? several.length : typeof several === "number" ? several : hasFirst(field) ? 10 : 1;
    const type = getNamedType(field.type);
    const isAliased = this.aliases < 20 && (given.length > 0 ? chance.in(0.6) : chance.in(0.05));
    const alias = isAliased ? `${field.name}${this.aliases++}: ` : "";
    const below = { depth: place.depth + (plumbing.has(field.name) ? 0 : 1), times: place.times * length };
    const nested = isCompositeType(type) ? ` ${this.selections({ type, ...below }, chance.between(1, 4))}` : "";
    const directive = this.wanted.plain && !isAliased ? "" : this.directive();
    return `${alias}${field.name}${bracketed(given.map(({ text }) => text))}${directive}${nested}`;
  }

  /** A list of them can be long: of those that are not told, ten are given. */
  private argument(field: GraphQLField<unknown, unknown>, argument: GraphQLArgument, place: Place) {
    const { chance } = this;
    const { name, type } = argument;
    const isRequired = isNonNullType(type) && argument.defaultValue === undefined;
    const paged = name === "first" && (place.times > 1 || chance.in(0.9));
    if (!isRequired && !paged && !chance.in(name === "after" || name === "offset" ? 0.1 : 0.5)) return [];
    const value = valueFor(field.name, name, chance) ?? this.anyOf(argument);
    if (value === null && !mayBeNull(argument)) return [];
    if (!chance.in(0.3)) return [{ name, value, text: `${name}: ${literal(value, argument)}` }];
    const variable = `v${this.definitions.length}`;
    this.definitions.push(`$${variable}: ${type.toString()}`);
    if (value !== null || chance.in(0.5)) this.variables[variable] = value;
    return [{ name, value, text: `${name}: $${variable}` }];
  }

  private anyOf({ type }: GraphQLArgument): unknown {
    const named = getNamedType(type);
    if (!isEnumType(named)) return null;
    const names = named.getValues().map(({ name }) => name);
    return isListType(getNullableType(type)) ? this.chance.some(names, this.chance.between(0, 2)) : this.chance.pick(names);
  }

  private directive(): string {
    if (this.directives >= 12 || !this.chance.in(0.06)) return "";
    this.directives += 1;
    const variable = `v${this.definitions.length}`;
    this.definitions.push(`$${variable}: Boolean!`);
    this.variables[variable] = this.chance.in(0.5);
    return ` @${this.chance.pick(["skip", "include"])}(if: $${variable})`;
  }

  private fragment(place: Place): string | undefined {
    const { chance, schema } = this;
    const interfaces = isObjectType(place.type) && !this.wanted.plain ? place.type.getInterfaces() : [];
    const types = isObjectType(place.type) ? [place.type, ...interfaces] : [...schema.getPossibleTypes(place.type)];
    const type = chance.pick(types.filter(({ name }) => !["Basket", "Purchase"].includes(name)));
    const known = this.fragments.find((one) => one.type === type.name && one.calls * place.times <= this.left);
    if (known !== undefined && chance.in(0.5)) {
      this.left -= known.calls * place.times;
      return `...${known.name}${this.directive()}`;
    }
    if (chance.in(0.5)) return `... on ${type.name}${this.directive()} ${this.selections({ ...place, type }, chance.between(1, 3))}`;
    const before = this.left;
    const text = this.selections({ ...place, type }, chance.between(1, 3));
    const name = `Fragment${this.fragments.length}`;
    this.fragments.push({ name, type: type.name, text, calls: Math.ceil((before - this.left) / place.times) });
    return `...${name}${this.directive()}`;
  }
}

function weightOf(name: string): number {
  return popular.has(name) ? weights.popular : unpopular.has(name) ? weights.unpopular : weights.others;
}

function callsOf(field: GraphQLField<unknown, unknown>): number {
  const given = field.astNode?.directives?.find(({ name }) => name.value === "upstream");
  return given === undefined ? 0 : 1;
}

function hasFirst(field: GraphQLField<unknown, unknown>): boolean {
  return field.args.some(({ name }) => name === "first");
}

function literal(value: unknown, { type }: GraphQLArgument): string {
  const written = JSON.stringify(value);
  return isEnumType(getNamedType(type)) ? written.replaceAll('"', "") : written;
}

function bracketed(parts: readonly string[]): string {
  return parts.length === 0 ? "" : `(${parts.join(", ")})`;
}

/** Null for a default is tested elsewhere: the naive executor knows no defaults. */
function mayBeNull({ type, defaultValue }: GraphQLArgument): boolean {
  return !isNonNullType(type) && defaultValue === undefined;
}
