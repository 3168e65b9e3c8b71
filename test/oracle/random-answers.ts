/** Makes every field of a schema answer at random, and often wrongly: the same seed gives the same answers, whoever executes the operation. */
import {
  getNullableType,
  GraphQLError,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
} from "graphql";
import { Chance } from "./chance.js";

/** An object in the answers. What its fields answer follows from its seed. */
interface Thing {
  readonly seed: number;
  readonly type: string;
}

export interface Circumstances {
  readonly seed: number;
  /** Share of the values that come as promises. */
  readonly promises: number;
  /** Share of the values that are wrong. */
  readonly faults: number;
}

const texts = [
  "",
  "a",
  'say "hi"',
  "back\\slash",
  "line\nend",
  "\u0000\u001f",
  "Beyoncé",
  "\ud83d\ude00",
  "\ud800 alone",
  "x".repeat(100),
  "1989",
  "</script>",
];

/** @param schema Gets resolvers. The context of an operation are its circumstances. */
export function answerAtRandom(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (isAbstractType(type)) {
      type.resolveType = (value: Thing, { promises }: Circumstances) =>
        new Chance(value.seed).in(promises) ? Promise.resolve(value.type) : value.type;
    }
    if (!isObjectType(type)) continue;
    for (const [index, field] of Object.values(type.getFields()).entries()) {
      const answer: GraphQLFieldResolver<Thing | undefined, Circumstances> = (source, args, circumstances) => {
        const chance = new Chance(hashOf(`${String(source?.seed ?? circumstances.seed)} ${field.name} ${JSON.stringify(args)}`));
        return new Answering(schema, chance, circumstances).valueOf(field.type);
      };
      // Every third resolver looks at its path, as graphql-js gives it.
      const withPath: typeof answer = (source, args, circumstances, info) =>
        answer({ seed: hashOf(JSON.stringify(info.path)) ^ (source?.seed ?? 1), type: info.parentType.name }, args, circumstances, info);
      field.resolve =
        index % 3 === 0
          ? withPath
          : (source: Thing | undefined, args, scope: Circumstances) => answer(source, args, scope, undefined as never);
    }
  }
}

class Answering {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly chance: Chance,
    private readonly circumstances: Circumstances,
  ) {}

  valueOf(type: GraphQLOutputType): unknown {
    const { chance } = this;
    const { promises, faults } = this.circumstances;
    const isLate = chance.in(promises);
    if (!chance.in(faults)) return isLate ? later(this.present(type), chance.between(0, 3)) : this.present(type);
    const error = chance.in(0.5) ? new GraphQLError("known", { extensions: { code: "KNOWN" } }) : new TypeError("unforeseen");
    const kind = chance.between(0, 3);
    if (kind === 0) return isLate ? Promise.resolve(error) : error;
    if (kind === 1) return isLate ? Promise.resolve(null) : chance.pick([null, undefined]);
    // An object of no known type is left out: graphql-js words its error in its own way.
    if (kind === 2) return isAbstractType(getNullableType(type)) ? error : { notOfThisType: true };
    if (!isLate) throw error;
    const rejected = Promise.reject(error);
    // Whether it is waited for is up to the executor; others are looked for in the test.
    rejected.catch(() => undefined);
    return rejected;
  }

  private present(type: GraphQLOutputType): unknown {
    const { chance } = this;
    if (isNonNullType(type)) return this.present(type.ofType);
    if (isListType(type)) {
      const items = Array.from({ length: chance.between(0, 3) }, () => this.item(type.ofType));
      return chance.in(0.1) ? new Set(items) : items;
    }
    if (isLeafType(type)) return this.leaf(type.name);
    const names = isObjectType(type) ? [type.name] : this.schema.getPossibleTypes(type as never).map(({ name }) => name);
    return { seed: chance.between(0, 2 ** 31), type: chance.pick(names) };
  }

  /** No item is thrown: the list would not be made. */
  private item(type: GraphQLOutputType): unknown {
    try {
      return this.valueOf(type);
    } catch (error) {
      return error;
    }
  }

  private leaf(name: string): unknown {
    const { chance } = this;
    const type = this.schema.getType(name);
    const isWrong = chance.in(this.circumstances.faults);
    if (isEnumType(type)) return isWrong ? "NO_SUCH_VALUE" : chance.pick(type.getValues()).value;
    if (name === "Int") return isWrong ? 2.5 : chance.pick([0, -1, 7, 2 ** 31 - 1]);
    if (name === "Float") return isWrong ? Number.NaN : chance.pick([0, 0.1, 1e21]);
    if (name === "Boolean") return isWrong ? "yes" : chance.pick([true, false, 1]);
    return isWrong ? true : chance.in(0.1) ? 12 : chance.pick(texts);
  }
}

async function later<T>(value: T, turns: number): Promise<T> {
  for (let turn = 0; turn < turns; turn++) await Promise.resolve();
  return value;
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
