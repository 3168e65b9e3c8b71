/** Global ids and 7digital's own, as the schema describes them. */
import { failed } from "./shop.js";

export interface Id {
  readonly kind: string;
  readonly key: string;
  readonly releaseId: string | undefined;
}

/** @param kind The kind that is wanted, where one is. */
export function parseId(given: string, kind?: string): Id {
  const [found = "", ...rest] = given.includes(":") || kind === undefined ? given.split(":") : [kind, given];
  const isOne = kind === undefined || found === kind;
  if (isOne && ["tag", "editorialList", "merchandisingList"].includes(found))
    return { kind: found, key: word(rest.join(":")), releaseId: undefined };
  const [key = "", releaseId] = rest;
  if (!isOne || !["artist", "release", "track"].includes(found) || rest.length > (found === "track" ? 2 : 1))
    throw failed("BAD_USER_INPUT");
  return { kind: found, key: whole(key), releaseId: releaseId === undefined ? undefined : whole(releaseId) };
}

function word(key: string): string {
  if (!/^[^\s,](?:[^,]{0,98}[^\s,])?$/.test(key)) throw failed("BAD_USER_INPUT");
  return key;
}

function whole(key: string): string {
  if (!/^[1-9]\d{0,17}$/.test(key)) throw failed("BAD_USER_INPUT");
  return key;
}
