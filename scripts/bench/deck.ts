/** What the load generator sends, and the bytes it must get for it. A deck that varies makes each request when it is sent: there are more
 *  different ones than any cache of responses can hold. */
import { postOf } from "./http-text.js";

/** Sent to the generator's process as JSON. */
export type DeckSpec =
  /** One of them at random, each with its own body of the response. */
  | { readonly kind: "listed"; readonly shots: readonly ListedShot[] }
  /** The same, one after the other and once: what was never requested before. */
  | { readonly kind: "once"; readonly shots: readonly ListedShot[] }
  /** A random object with a random selection of its fields. */
  | SubsetSpec
  /** A chart of random length, and one random object beside it. */
  | ChartSpec;

export interface ListedShot {
  readonly request: string;
  readonly answer: string;
}

export interface SubsetSpec {
  readonly kind: "subsets";
  /** Of the query's root, e.g. "release". */
  readonly root: string;
  /** As selected, e.g. "label { name }", by the name in the response. */
  readonly fields: readonly (readonly [name: string, selection: string])[];
  /** The JSON of each field, in the order of `fields`. */
  readonly objects: readonly { readonly id: string; readonly values: readonly string[] }[];
  /** What follows the data in every response. */
  readonly tail: string;
}

export interface ChartSpec {
  readonly kind: "charts";
  readonly query: string;
  /** `$first` of the query, and the JSON of the chart with that many. */
  readonly charts: readonly { readonly first: number; readonly json: string }[];
  /** `$id` of the query, and the JSON of the object. */
  readonly objects: readonly { readonly id: string; readonly json: string }[];
  readonly tail: string;
}

export interface Shot {
  readonly request: Buffer;
  /** The body of the response, in parts. */
  readonly answer: readonly Buffer[];
  readonly answerBytes: number;
}

/** Undefined where nothing is left to send. */
export type Deck = () => Shot | undefined;

export function deckOf(spec: DeckSpec, seed: number): Deck {
  const random = randomOf(seed);
  switch (spec.kind) {
    case "listed": {
      const shots = spec.shots.map(listedShot);
      return () => pick(shots, random);
    }
    case "once": {
      let next = 0;
      const shots = spec.shots.map(listedShot);
      return () => shots[next++];
    }
    case "subsets":
      return subsets(spec, random);
    case "charts":
      return charts(spec, random);
  }
}

function listedShot({ request, answer }: ListedShot): Shot {
  return shotOf(request, [Buffer.from(answer)]);
}

function shotOf(request: string, answer: readonly Buffer[]): Shot {
  return { request: Buffer.from(request), answer, answerBytes: answer.reduce((sum, { length }) => sum + length, 0) };
}

function subsets({ root, fields, objects, tail }: SubsetSpec, random: () => number): Deck {
  const most = 2 ** fields.length;
  return () => {
    const { id, values } = pick(objects, random);
    const chosen = 1 + Math.floor(random() * (most - 1));
    const selections: string[] = [];
    const members: string[] = [];
    for (const [index, [name, selection]] of fields.entries()) {
      if ((chosen & (1 << index)) === 0) continue;
      selections.push(selection);
      members.push(`"${name}":${values[index] ?? "null"}`);
    }
    const query = `query($id: ID!) { ${root}(id: $id) { ${selections.join(" ")} } }`;
    const answer = `{"data":{"${root}":{${members.join(",")}}}${tail}}`;
    return shotOf(postOf(`{"query":"${query}","variables":{"id":"${id}"}}`), [Buffer.from(answer)]);
  };
}

function charts({ query, charts, objects, tail }: ChartSpec, random: () => number): Deck {
  const ofLength = charts.map(({ first, json }) => ({ first, json: Buffer.from(json) }));
  const end = Buffer.from(`}${tail}}`);
  return () => {
    const { first, json } = pick(ofLength, random);
    const object = pick(objects, random);
    const request = postOf(JSON.stringify({ query, variables: { first, id: object.id } }));
    return shotOf(request, [Buffer.from(`{"data":{"artist":${object.json},"releaseChart":`), json, end]);
  };
}

function pick<T>(from: readonly T[], random: () => number): T {
  const picked = from[Math.floor(random() * from.length)];
  if (picked === undefined) throw new Error("There is nothing to send.");
  return picked;
}

/** Mulberry32: the same numbers for the same seed, so that a failure can be repeated. */
function randomOf(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
