/** What becomes of every element and attribute of the recorded responses. Nobody says that a path reaches the graph: its value is changed, and what
 *  the graph shows then is compared. */
import { UpstreamError } from "../../../src/upstream/errors.js";
import { readAnswer } from "../../../src/upstream/xml/envelope.js";
import { schema } from "../../../src/app/schema.js";
import { readEndpoints, type AnyEndpoint } from "../../support/endpoints.js";
import { document, openGraph, type Graph, type Shown } from "./graph.js";
import { probes } from "./probes.js";
import { notExposed } from "./reasons.js";
import type { RecordedBody } from "./recorded-bodies.js";
import { coordinateOf, selectAll } from "./selection.js";
import { otherValues, placesIn, shortened, type Place } from "./xml-places.js";

export interface Verdict {
  readonly method: string;
  readonly path: string;
  readonly kind:
    /** Fields of the graph show it. */
    | "exposed"
    /** A response with another value here is rejected: it is compared with what was asked for. */
    | "compared"
    /** The method has no field, and its declaration reads it. */
    | "decoded"
    | "not exposed"
    | "unknown";
  /** Coordinates of fields, or why there are none. */
  readonly because: readonly string[];
}

/** The most places of one path that are tried: values differ, and some change nothing. */
const mostTried = 4;
/** Of a path that is said not to be exposed, which takes longest to prove. */
const mostTriedWithReason = 2;

export async function judge(bodies: readonly RecordedBody[]): Promise<readonly Verdict[]> {
  const endpoints = await readEndpoints();
  const graph = openGraph();
  try {
    const found = bodies.map(({ method, body }) => ({ method, places: placesOf(body) }));
    const containers = new Set(found.flatMap(({ places }) => places.flatMap(({ place }) => containersOf(place.path))));
    const verdicts: Verdict[] = [];
    for (const method of [...new Set(bodies.map((body) => body.method))].sort()) {
      const endpoint = endpoints.find(({ path }) => path.toLowerCase() === method);
      const byPath = placesByPath(found.filter((one) => one.method === method).map(({ places }) => places));
      const of: Method = { method, endpoint, graph, shown: new Map() };
      for (const [path, places] of [...byPath].filter(([path]) => !containers.has(ending(path)))) {
        verdicts.push({ method, path, ...(await verdictOn(path, places, of)) });
      }
    }
    return verdicts;
  } finally {
    await graph.close();
  }
}

/** Elements with elements inside. They are found by their last two names, for a list that is empty in one response has items in another. */
function containersOf(path: string): readonly string[] {
  const names = path.split("/").filter((name) => !name.startsWith("@"));
  return names.slice(0, -1).map((_name, index) => ending(names.slice(0, index + 1).join("/")));
}

function ending(path: string): string {
  return path.split("/").slice(-2).join("/");
}

interface Found {
  readonly body: string;
  readonly place: Place;
}

/** In the response with short lists, for the graph is asked many times. What only later items have is in the whole response. */
function placesOf(body: string): readonly Found[] {
  const short = shortened(body);
  const found = placesIn(short).map((place) => ({ body: short, place }));
  const known = new Set(found.filter((one) => rank(one) > 0).map(({ place }) => place.path));
  return [...found, ...placesIn(body).flatMap((place) => (known.has(place.path) ? [] : [{ body, place }]))];
}

/** One place of each response, with a value where there is one; those with values first. */
function placesByPath(responses: readonly (readonly Found[])[]): ReadonlyMap<string, readonly Found[]> {
  const byPath = new Map<string, Found[]>();
  for (const places of responses) {
    const first = new Map<string, Found>();
    for (const one of places) {
      const known = first.get(one.place.path);
      if (known === undefined || rank(known) < rank(one)) first.set(one.place.path, one);
    }
    for (const [path, one] of first) byPath.set(path, [...(byPath.get(path) ?? []), one]);
  }
  return new Map([...byPath].map(([path, found]) => [path, found.sort((one, other) => rank(other) - rank(one))]));
}

const rank = ({ place }: Found) => (place.value.trim() === "" ? 0 : 1);

interface Method {
  readonly method: string;
  readonly endpoint: AnyEndpoint | undefined;
  readonly graph: Graph;
  /** What is shown of the responses as they were recorded. */
  readonly shown: Map<string, AsRecorded>;
}

interface AsRecorded {
  readonly before: Shown;
  /** Aliases of fields that differ each time, such as sealed tokens. */
  readonly random: ReadonlySet<string>;
  readonly ask: (text: string) => Promise<Shown>;
}

type Judged = Pick<Verdict, "kind" | "because">;

async function verdictOn(path: string, found: readonly Found[], of: Method): Promise<Judged> {
  const reason = notExposed.find((entry) => entry.covers(of.method, path));
  if (reason !== undefined && probes[of.method] === undefined) return { kind: "not exposed", because: [reason.why] };
  for (const one of found.slice(0, reason === undefined ? mostTried : mostTriedWithReason)) {
    const shown = await effectOf(one, of);
    if (shown !== undefined) return shown;
  }
  return reason === undefined ? { kind: "unknown", because: [] } : { kind: "not exposed", because: [reason.why] };
}

async function effectOf({ body, place }: Found, of: Method): Promise<Judged | undefined> {
  const { endpoint } = of;
  const recorded = of.shown.get(body) ?? (await asRecorded(body, of));
  if (recorded === undefined)
    return endpoint !== undefined && isDecoded(endpoint, body, place) ? { kind: "decoded", because: [] } : undefined;
  of.shown.set(body, recorded);
  const { before, random, ask } = recorded;
  for (const value of otherValues(place.value)) {
    const after = await ask(place.with(value));
    const changed = changes(before, after)?.filter((alias) => !random.has(alias)) ?? [];
    if (changed.length > 0) return { kind: "exposed", because: [...new Set(changed)].map(coordinateOf) };
    if (place.path.endsWith("/@id") && isRejected(before, after)) return { kind: "compared", because: [] };
  }
  return undefined;
}

/** Undefined for a method without a field. */
async function asRecorded(body: string, { method, graph }: Method): Promise<AsRecorded | undefined> {
  const probe = probes[method];
  if (probe === undefined) return undefined;
  const { operation, answers = method, others, isRemembered } = probe;
  const ask = async (text: string) => {
    const asked = isRemembered === true ? openGraph() : graph;
    const source = operation((type) => selectAll(schema, type), body);
    const shown = await asked.ask(document(source), { ...others?.(text), [answers]: text });
    if (asked !== graph) await asked.close();
    return shown;
  };
  const before = await ask(body);
  const again = await ask(body);
  return { before, random: new Set(differences(before.data, again.data)?.map(({ alias }) => alias)), ask };
}

function isDecoded(endpoint: AnyEndpoint, body: string, place: Place): boolean {
  const decode = (text: string): string | undefined => {
    try {
      return JSON.stringify(readAnswer(endpoint, { httpStatus: 200, body: text }));
    } catch {
      return undefined;
    }
  };
  const before = decode(body);
  return otherValues(place.value).some((value) => ![undefined, before].includes(decode(place.with(value))));
}

interface Difference {
  readonly alias: string;
  readonly isLost: boolean;
}

/** Aliases of fields with another value; undefined where lists are longer or shorter, for then everything stands elsewhere. */
function changes(before: Shown, after: Shown): readonly string[] | undefined {
  const found = differences(before.data, after.data);
  if (found === undefined) return undefined;
  if (after.errors.length > before.errors.length) return found.filter(({ isLost }) => !isLost).map(({ alias }) => alias);
  const [one = {}, other = {}] = [before, after].map(({ errors }) => detailsOf(errors));
  const ofErrors = Object.keys(one).filter((detail) => one[detail] !== other[detail]);
  return [...found.map(({ alias }) => alias), ...ofErrors];
}

/** Of 7digital's own error, as the extensions of errors show it. */
function detailsOf([first]: Shown["errors"]): Readonly<Record<string, unknown>> {
  const cause = first?.originalError;
  if (!(cause instanceof UpstreamError)) return {};
  return { "extensions.sevendigital.code": cause.sevendigitalCode, "extensions.sevendigital.message": cause.sevendigitalMessage };
}

/** Whether there is an error instead of data. */
function isRejected(before: Shown, after: Shown): boolean {
  const hasUserErrors = ({ data }: Shown) => JSON.stringify(data).includes('userErrors":[{');
  if (hasUserErrors(after) !== hasUserErrors(before)) return true;
  return after.errors.length > before.errors.length && (differences(before.data, after.data) ?? []).every(({ isLost }) => isLost);
}

function differences(before: unknown, after: unknown, alias = ""): Difference[] | undefined {
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return undefined;
    return merged(before.map((value, index) => differences(value, (after as unknown[])[index], alias)));
  }
  if (isRecord(before) && isRecord(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return merged([...keys].map((key) => differences(before[key], after[key], key)));
  }
  return Object.is(before, after) ? [] : [{ alias, isLost: after === null || after === undefined }];
}

function merged(parts: readonly (Difference[] | undefined)[]): Difference[] | undefined {
  return parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
