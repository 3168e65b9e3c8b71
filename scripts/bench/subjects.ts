/** Who is measured with what, warm. The rows of the table in their order. */
import type { Service } from "./children.js";
import type { DeckSpec, SubsetSpec } from "./deck.js";
import { post } from "./http-text.js";
import { hello } from "./queries.js";
import { ends, listed, persistedShot, q1Shot, q2Deck, q2RandomDeck, q3Deck, responseOf, type Material } from "./reference.js";
import type { Build, Servers } from "./servers.js";

export interface Subject {
  /** By which the bars name it. */
  readonly id: SubjectId;
  readonly name: string;
  readonly service: Service;
  readonly deck: DeckSpec;
  /** Requested once before the warm-up, so that all of it is cached. */
  readonly prime?: DeckSpec;
  /** Instead of `--connections`. */
  readonly connections?: number;
  /** Whether it is our server, or that of another checkout: nothing that is warm may be requested from the sandbox. */
  readonly build?: "ours" | "other";
}

export type SubjectId =
  | "floor-get"
  | "floor-post"
  | "floor-headers"
  | "yoga"
  | "mercurius"
  | "naive-q1"
  | "naive-q2"
  | "naive-q3"
  | "q1"
  | "q1-ids"
  | "subsets"
  | "q2"
  | "q2-random"
  | "q3"
  | "persisted";

/** Enough for its core, and few enough for what one of its Q2 costs: its requests in flight would take half a minute. */
const naiveConnections = 4;

export interface Decks {
  readonly material: Material;
  /** Left out of quick runs. */
  readonly subsets: SubsetSpec | undefined;
}

export function floorAnswerOf({ artists: [artist] }: Material): string {
  return responseOf({ artist: { name: artist?.name } }, ends.ours);
}

function peers({ floors, yoga, mercurius, naive }: Servers, { material }: Decks): readonly Subject[] {
  const helloDeck = listed({ request: post(hello), answer: responseOf({ hello: "world" }, ends.yoga) });
  const [artist = { id: "", name: "" }] = material.artists;
  const floor = listed(q1Shot(artist));
  const few = { connections: naiveConnections };
  return [
    { id: "floor-get", name: "floor: node:http GET", service: floors.get, deck: listed(persistedShot(artist)) },
    { id: "floor-post", name: "floor: node:http POST", service: floors.post, deck: floor },
    { id: "floor-headers", name: "floor: POST, our headers", service: floors.postHeaders, deck: floor },
    { id: "yoga", name: "empty Yoga: { hello }", service: yoga, deck: helloDeck },
    ...(mercurius ? [{ id: "mercurius", name: "Mercurius, JIT: { hello }", service: mercurius, deck: helloDeck } as const] : []),
    ...(naive
      ? ([
          { id: "naive-q1", name: "naive façade Q1", service: naive, deck: listed(q1Shot(artist, ends.apollo)) },
          { id: "naive-q2", name: "naive façade Q2", service: naive, deck: q2Deck(material, ends.apollo), ...few },
          { id: "naive-q3", name: "naive façade Q3", service: naive, deck: q3Deck(material, ends.apollo) },
        ] as const)
      : []),
  ];
}

function ofBuild(build: "ours" | "other", { warm: service }: Build, { material, subsets }: Decks): readonly Subject[] {
  const [artist = { id: "", name: "" }] = material.artists;
  const shots = material.artists.map((one) => q1Shot(one));
  const common = { service, build };
  const named = (id: SubjectId, name: string, deck: DeckSpec) => ({ ...common, id, name: `${build} ${name}`, deck });
  const oneOfMany = `one of ${material.artists.length} artists`;
  return [
    named("q1", "Q1: an artist", listed(q1Shot(artist))),
    { ...named("q1-ids", `Q1: ${oneOfMany}`, listed(...shots)), prime: { kind: "once", shots } },
    ...(subsets ? [{ ...named("subsets", "random fields of a release", subsets), prime: primeOf(subsets) }] : []),
    named("q2", "Q2: chart of 50, tracks", q2Deck(material)),
    named("q2-random", "Q2 of 40 to 50, artist", q2RandomDeck(material)),
    named("q3", "Q3: a release ten times", q3Deck(material)),
    named("persisted", "Q1 by hash, GET", listed(persistedShot(artist))),
  ];
}

/** Every object once, with its title. */
function primeOf({ objects, fields, root, tail }: SubsetSpec): DeckSpec {
  const place = fields.findIndex(([name]) => name === "title");
  const shots = objects.map(({ id, values }) => ({
    request: post(`query($id: ID!) { ${root}(id: $id) { title } }`, { id }),
    answer: `{"data":{"${root}":{"title":${values[place] ?? "null"}}}${tail}}`,
  }));
  return { kind: "once", shots };
}

/** Those that a bar needs. */
const quick: readonly SubjectId[] = ["floor-post", "yoga", "naive-q1", "q1", "q1-ids", "q2", "q2-random"];

export function subjectsOf(servers: Servers, decks: Decks, isQuick: boolean): readonly Subject[] {
  const { ours, other } = servers;
  const all = [...peers(servers, decks), ...ofBuild("ours", ours, decks), ...(other ? ofBuild("other", other, decks) : [])];
  return isQuick ? all.filter(({ id }) => quick.includes(id)) : all;
}
