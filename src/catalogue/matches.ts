/** Artists, releases and tracks by their MusicBrainz IDs, and the other way round: one call for all ids of a field. */
import { badUserInput } from "../shared/client-error.js";
import type { MaybePromise } from "../shared/maybe-promise.js";
import { parseIdOf, requireFewIds, type NodeKind } from "../shared/node-id.js";
import type { Scope } from "../shared/scope.js";
import type { Endpoint } from "../upstream/endpoint.js";
import { UpstreamError } from "../upstream/errors.js";
import type { MatchFacts, MatchGroupFacts } from "./match-decoders.js";

/** Of 7digital's ids that belong together with MusicBrainz's. There is at least one. */
export interface Match {
  readonly id: string;
  readonly otherIds: readonly string[];
  readonly musicBrainzIds: readonly string[];
}

export interface MatchArgs {
  readonly musicBrainzIds?: readonly string[] | null | undefined;
  readonly ids?: readonly string[] | null | undefined;
}

interface MatchParams {
  readonly mbIds?: readonly string[] | undefined;
  readonly sevenDigitalIds?: readonly string[] | undefined;
}

export type MatchEndpoint = Endpoint<MatchParams, MatchFacts>;

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What is asked for, each once, and in the order of the arguments. @throws ClientError BAD_USER_INPUT */
export function wantedIds(
  kind: NodeKind,
  { musicBrainzIds, ids }: MatchArgs,
): { readonly by: keyof MatchParams; readonly all: readonly string[] } {
  const argument = musicBrainzIds ? "musicBrainzIds" : "ids";
  const given = musicBrainzIds ?? ids;
  if (!given || (musicBrainzIds && ids)) throw badUserInput(argument, "Send either `musicBrainzIds` or `ids`.");
  requireFewIds(argument, given);
  if (!musicBrainzIds) return { by: "sevenDigitalIds", all: given.map((one) => parseIdOf(kind, argument, one).id) };
  const all = given.map((one) => one.toLowerCase());
  if (!all.every((one) => uuid.test(one))) {
    throw badUserInput(argument, 'Not a MusicBrainz ID. Expected a UUID, e.g. "c7020c6d-cae9-4db3-92a7-e5c561cbad50".');
  }
  return { by: "mbIds", all };
}

/** A match for every id, in order; null where nothing matches. @throws ClientError BAD_USER_INPUT */
export async function readMatches(
  method: MatchEndpoint,
  kind: NodeKind,
  args: MatchArgs,
  { use }: Scope,
): Promise<MaybePromise<Match | null>[]> {
  const { by, all } = wantedIds(kind, args);
  if (all.length === 0) return [];
  const { groups } = await use(askedMatches)(method, { [by]: [...new Set(all)].sort() });
  const byId = new Map(groups.map((group) => [(by === "mbIds" ? group.mbId : group.sevenDigitalId)?.toLowerCase(), group]));
  return all.map((id) => matchIn(byId.get(id), method.path));
}

/** Asks once in an operation, for signed calls are kept in no cache. */
function askedMatches({ client, store }: Scope) {
  const asked = new Map<string, MaybePromise<MatchFacts>>();
  return (method: MatchEndpoint, params: MatchParams): MaybePromise<MatchFacts> => {
    const key = `${method.path} ${JSON.stringify(params)}`;
    const answer = asked.get(key) ?? client.call(method, params, { store });
    asked.set(key, answer);
    return answer;
  };
}

function matchIn(group: MatchGroupFacts | undefined, method: string): MaybePromise<Match | null> {
  const code = group?.error?.code;
  if (code !== undefined && /^[79]\d{3}$/.test(code)) return Promise.reject(failure(method, code));
  const [first, ...others] = new Set(group?.pairs.map(({ sevenDigitalId }) => sevenDigitalId));
  if (group === undefined || first === undefined) return null;
  const theirs = [group.mbId, ...group.pairs.map(({ mbId }) => mbId)].flatMap((mbId) => mbId?.toLowerCase() ?? []);
  return { id: first, otherIds: others, musicBrainzIds: [...new Set(theirs)] };
}

/** 7digital failed for one id. Any other code says that there is nothing to match. */
function failure(method: string, sevendigitalCode: string): UpstreamError {
  return new UpstreamError("UPSTREAM_ERROR", `7digital answered ${method} with an error for one of the ids.`, {
    method,
    sevendigitalCode,
    retryable: true,
  });
}
