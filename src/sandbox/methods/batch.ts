/** The methods that answer several items of another. They are not in the API document: see docs/sandbox.md for where this is from. */

import { ApiError, errorElement, type Refusal } from "../api/errors.js";
import type { Asked, Method } from "../api/method.js";
import { notValid, type Kind } from "../api/parameters.js";
import { element, type XmlElement, type XmlNode } from "../api/xml.js";
import { editAmong } from "../faults/carry-out.js";
import { edited } from "../faults/edit.js";

/** How many ids one call takes. */
const mostIds = 50;

/** Whole numbers, separated by commas. A number that is no id is an error of its item. */
export const idList: Kind<readonly string[]> = {
  parse(name, text) {
    const ids = text.split(",").map((id) => id.trim());
    if (!ids.every((id) => /^-?\d{1,10}$/.test(id))) throw notValid(name);
    if (ids.length > mostIds) throw new ApiError(1003, `Value of parameter "${name}" is out of allowable range`);
    return ids;
  },
  missing: (name) => `Missing or invalid querystring value for ${name}`,
};

interface Batched {
  /** The method for one item, and its parameter. */
  readonly single: Method;
  readonly parameter: string;
  /** Of the list. */
  readonly name: string;
  readonly notFound: (id: string) => string;
}

/** Items in the order of the ids, one for each; of those without an item errors, where they are wanted. */
export function batchElement(batched: Batched, ids: readonly string[], showErrors: boolean, asked: Asked): XmlElement {
  const outcomes = ids.map((id) => ({ id, ...outcomeOf(batched, id, asked) }));
  const items = outcomes.flatMap(({ nodes = [] }) => nodes);
  const errors = outcomes.flatMap(({ id, refusal }) => (refusal === undefined ? [] : [errorOf(id, refusal, asked)]));
  const list: XmlElement = { name: batched.name, attributes: {}, content: items };
  return element("items", [list, element("errors", showErrors ? errors : [])]);
}

type Outcome = { readonly nodes: readonly XmlNode[]; readonly refusal?: never } | { readonly nodes?: never; readonly refusal: Refusal };

/** What the method for one item answers, under the fault rules for that item. */
function outcomeOf({ single, parameter, notFound }: Batched, id: string, asked: Asked): Outcome {
  const faults = asked.faultsOfItem({ method: single.path, parameter, id });
  const error = faults.find((fault) => fault.kind === "error");
  if (error !== undefined) return { refusal: error };
  if (id.startsWith("-")) return { refusal: { code: 2001, message: notFound(id) } };
  const edit = editAmong(faults);
  const given = new Map(Object.entries({ [parameter]: id, ...edit?.as }).map(([name, value]) => [name.toLowerCase(), value]));
  try {
    const answer = single.answerTo(given, { ...asked, path: single.path });
    if (answer === null || !("name" in answer)) throw new Error(`${single.path} did not answer with an item.`);
    const { content } = (edit?.elements ?? []).reduce(edited, element("response", [answer]));
    return { nodes: typeof content === "string" ? [] : content };
  } catch (problem) {
    if (!(problem instanceof ApiError)) throw problem;
    return { refusal: problem };
  }
}

function errorOf(id: string, refusal: Refusal, { path }: Asked): XmlElement {
  const { attributes, ...written } = errorElement(path, refusal);
  return { ...written, attributes: { itemId: id, ...attributes } };
}
