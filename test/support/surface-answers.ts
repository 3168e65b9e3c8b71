/** Compares answers of two surfaces to one operation. */
import { isDeepStrictEqual } from "node:util";
import { codesOf, differenceOf, type Answer } from "../oracle/comparison.js";

/** Undefined where they say the same. An operation that is not executed has no data over HTTP; other surfaces give null for each field. */
export function answersDiffer(wanted: Answer, given: Answer): string | undefined {
  if (wanted.data !== undefined) return differenceOf(stable(wanted), stable(given));
  const [codes, givenCodes] = [wanted, given].map((answer) => [...new Set(codesOf(answer))]);
  const isNull = Object.values(given.data ?? {}).every((value) => value === null);
  return isNull && isDeepStrictEqual(codes, givenCodes) ? undefined : `${String(givenCodes)} instead of ${String(codes)}`;
}

/** Without what is new in each response: signatures, quotes and moments. A random operation puts a number behind a name for its alias. */
function stable(answer: Answer): Answer {
  return JSON.parse(JSON.stringify(answer), (key, value: unknown) => {
    if (/^(?:quote|expiresAt|upstreamTime|used|remaining|resetAt)\d*$/.test(key)) return value === null ? null : "a value";
    return typeof value === "string" ? value.replace(/oauth_(?:nonce|timestamp|signature)=[^&]*/g, "") : value;
  }) as Answer;
}
