/** artist/match/byId, release/match/byId and track/match/byId: 7digital's ids for MusicBrainz's, and the other way round. Not in the API
 *  document: written from 7digital's schema for .NET and its tests. */

import { ApiError } from "../api/errors.js";
import { method, type Asked, type Method } from "../api/method.js";
import { guid, id, listOf, notValid, optional } from "../api/parameters.js";
import { element, type XmlElement } from "../api/xml.js";
import type { ChartKind } from "../model.js";

interface Pair {
  readonly id: number;
  readonly mbId: string;
}

function matchById(kind: ChartKind): Method {
  return method({
    path: `${kind}/match/byId`,
    auth: "signed",
    maxAgeSeconds: null,
    parameters: { mbIds: optional(listOf(guid)), sevenDigitalIds: optional(listOf(id)) },
    answer({ mbIds, sevenDigitalIds }, asked) {
      if (mbIds !== undefined && sevenDigitalIds !== undefined) throw notValid("sevenDigitalIds");
      if (mbIds === undefined && sevenDigitalIds === undefined)
        throw new ApiError(1001, "Required parameter mbIds or sevenDigitalIds is missing");
      return element("matches", [
        ...(mbIds ?? []).map((mbId) => matchesElement(kind, { mbId }, ofMusicBrainz(kind, mbId, asked))),
        ...(sevenDigitalIds ?? []).map((sevenDigitalId) => matchesElement(kind, { sevenDigitalId }, ofItem(kind, sevenDigitalId, asked))),
      ]);
    },
  });
}

function ofMusicBrainz(kind: ChartKind, mbId: string, { catalogue }: Asked): Pair | undefined {
  const found = catalogue.idWithMusicBrainz(kind, mbId);
  return found === undefined || catalogue[kind](found) === undefined ? undefined : { id: found, mbId };
}

function ofItem(kind: ChartKind, id: number, { catalogue }: Asked): Pair | undefined {
  const mbId = catalogue[kind](id) === undefined ? null : catalogue.musicBrainzIdOf(kind, id);
  return mbId === null ? undefined : { id, mbId };
}

function matchesElement(kind: ChartKind, asked: XmlElement["attributes"], found: Pair | undefined): XmlElement {
  const content =
    found === undefined
      ? element("matchError", "", { code: 2001 })
      : element(kind, [element("sevenDigitalId", found.id), element("mbId", found.mbId)]);
  return element(`${kind}s`, [content], asked);
}

export const matchMethods: readonly Method[] = [matchById("artist"), matchById("release"), matchById("track")];
