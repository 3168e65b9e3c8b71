/** Every method that a slice declares, by its name. Parameters and results have the types of the declarations. */
import * as account from "../account/endpoints.js";
import * as basket from "../basket/endpoints.js";
import * as artist from "../catalogue/endpoints/artist.js";
import * as editorial from "../catalogue/endpoints/editorial.js";
import * as match from "../catalogue/endpoints/match.js";
import * as page from "../catalogue/endpoints/page.js";
import * as playlist from "../catalogue/endpoints/playlist.js";
import * as release from "../catalogue/endpoints/release.js";
import * as tag from "../catalogue/endpoints/tag.js";
import * as track from "../catalogue/endpoints/track.js";
import * as translation from "../catalogue/endpoints/translation.js";
import * as locker from "../locker/endpoints.js";
import * as purchase from "../purchase/endpoints.js";
import * as service from "../service/endpoints.js";
import type { Auth, Effect, Endpoint, Param, Verb } from "../upstream/endpoint.js";

const modules = [
  ...[artist, release, track, tag, editorial, page, match, playlist, translation],
  ...[basket, locker, purchase, account, service],
] as const;

type ValueOf<M> = M extends unknown ? M[keyof M] : never;
type Declared = ValueOf<(typeof modules)[number]>;

type PathOf<E> = E extends { readonly path: infer N } ? N : never;
type PathsOfGets = PathOf<Extract<Declared, { readonly verb: "GET" }>>;
type NameOf<N extends string, V extends Verb> = V extends "GET" ? N : N extends PathsOfGets ? `${V} ${N}` : N;
type ByName<E> = E extends Endpoint<infer P, infer R, infer N, infer V> ? Readonly<Record<NameOf<N, V>, Typed<P, R>>> : never;
type Intersection<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;

/** What one method takes and gives. */
export interface Typed<P, R> {
  /** A method without parameters takes an empty object. */
  readonly params: keyof P extends never ? Readonly<Record<string, never>> : P;
  readonly result: R;
}

/** Parameters and results by the name of the method. */
export type Methods = Intersection<ByName<Declared>>;

/** The path of a method as the API document names it: "artist/details". Parameters in braces are part of it. Where a GET has the same path, the
 *  verb comes first: "POST user/unlimitedStreaming". */
export type MethodName = keyof Methods;

export interface MethodInfo {
  readonly name: MethodName;
  /** As the API document names it. Parameters in braces are part of it. */
  readonly path: string;
  readonly verb: Verb;
  /** `key` sends only the consumer key, `consumer` is signed without a user (2-legged), `user` is signed for a user (3-legged). */
  readonly auth: Auth;
  /** What it does, whatever its verb. Only a `read` is cached or sent a second time; `money` spends, refunds or delivers. */
  readonly effect: Effect;
  readonly params: readonly ParamInfo[];
}

export interface ParamInfo {
  readonly name: string;
  readonly optional: boolean;
}

/** An endpoint of any type, for calls whose types are checked where they are made. */
export type AnyMethod = Endpoint<Readonly<Record<string, unknown>>, unknown>;

const endpoints = modules.flatMap((module): readonly unknown[] => Object.values(module)) as readonly AnyMethod[];
const pathsOfGets = new Set(endpoints.filter(({ verb }) => verb === "GET").map(({ path }) => path));

function nameOf({ path, verb }: AnyMethod): MethodName {
  return (verb !== "GET" && pathsOfGets.has(path) ? `${verb} ${path}` : path) as MethodName;
}

/** The declarations by name. */
export const declared: ReadonlyMap<string, AnyMethod> = new Map(endpoints.map((endpoint) => [nameOf(endpoint), endpoint]));

/** All declared methods, by name. */
export const methods: readonly MethodInfo[] = Object.freeze(
  [...declared].map(([name, endpoint]) => infoOf(name as MethodName, endpoint)).sort((one, other) => (one.name < other.name ? -1 : 1)),
);

function infoOf(name: MethodName, { path, verb, auth, effect, params }: AnyMethod): MethodInfo {
  const listed = Object.entries<Param<never>>(params).map(([param, { optional }]) => Object.freeze({ name: param, optional }));
  return Object.freeze({ name, path, verb, auth, effect, params: Object.freeze(listed) });
}

/** The declarations whose path a request may mean, exact ones first: 7digital ignores case, and "users/5/update" is "users/{id}/update". */
export function declaredAt(path: string): readonly AnyMethod[] {
  const wanted = path.toLowerCase();
  const exact = endpoints.filter((one) => one.path.toLowerCase() === wanted);
  return exact.length > 0 ? exact : endpoints.filter((one) => patternOf(one.path).test(path));
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+")}$`, "i");
}
