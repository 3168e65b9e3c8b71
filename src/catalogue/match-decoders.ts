/** What artist/match/byId and its sisters answer: for every id that was asked, the pairs of ids that belong together, or an error. */
import { child, children, list, object, optionalAttribute, required, type Decoded } from "../upstream/xml/decode.js";
import { needed, numericId, token } from "../upstream/xml/values.js";

const pair = object({ sevenDigitalId: required("sevenDigitalId", needed(numericId)), mbId: child("mbId", token) });
const matchError = object({ code: optionalAttribute("code") });

export function matchesOf(kind: "artist" | "release" | "track") {
  const group = object({
    /** The id that was asked, whichever kind it is. */
    mbId: optionalAttribute("mbId"),
    sevenDigitalId: optionalAttribute("sevenDigitalId"),
    pairs: children(kind, pair),
    error: child("matchError", matchError),
  });
  return list({ groups: children(`${kind}s`, group) });
}

export type MatchFacts = Decoded<ReturnType<typeof matchesOf>>;
export type MatchGroupFacts = MatchFacts["groups"][number];
