/** Changes single elements of an answer, so that one item of it is as no good answer has it. */

import type { XmlElement, XmlNode } from "../api/xml.js";

/** Goes into the document as it is, well-formed or not. A part with `times` comes so often; every "#" in it is its number, from 0. */
export type Markup = string | readonly (string | { readonly text: string; readonly times: number })[];

export interface Edit {
  /** Path below `<response>`: "chart/chartItem[2]/release". A step is a name, of which [2] is the second, [@id=7] those with that
   *  attribute, and nothing all of them. Empty for `<response>` itself. */
  readonly at: string;
  /** Stands in front of the element. */
  readonly before?: Markup;
  /** In the place of the whole element. */
  readonly xml?: Markup;
  /** In the place of what is inside the element. */
  readonly content?: Markup;
  /** Null takes one away. */
  readonly attributes?: Readonly<Record<string, string | null>>;
}

interface Step {
  readonly name: string;
  /** `place` counts elements of the name from 1. */
  fits(found: XmlElement, place: number): boolean;
}

export function edited(root: XmlElement, edit: Edit): XmlElement {
  const steps = stepsOf(edit.at) ?? [];
  return steps.length === 0 ? changed(root, edit) : editedBelow(root, steps, edit);
}

/** Undefined for what is no path. */
export function stepsOf(path: string): readonly Step[] | undefined {
  if (path === "") return [];
  const steps = path.split("/").map(stepOf);
  return steps.every((step) => step !== undefined) ? steps : undefined;
}

export function markupOf(markup: Markup): string {
  if (typeof markup === "string") return markup;
  const parts = markup.map((part) => {
    if (typeof part === "string") return part;
    return Array.from({ length: part.times }, (_, index) => part.text.replaceAll("#", String(index))).join("");
  });
  return parts.join("");
}

function stepOf(text: string): Step | undefined {
  const [, name, place, attribute, value] = /^([\w:.-]+)(?:\[(?:([1-9]\d*)|@([\w:.-]+)=([^\]]*))\])?$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  if (place !== undefined) return { name, fits: (_found, at) => at === Number(place) };
  if (attribute !== undefined) return { name, fits: ({ attributes }) => String(attributes[attribute] ?? "") === value };
  return { name, fits: () => true };
}

function editedBelow(parent: XmlElement, [step, ...rest]: readonly Step[], edit: Edit): XmlElement {
  if (typeof parent.content === "string" || step === undefined) return parent;
  let place = 0;
  const content = parent.content.flatMap((child): readonly XmlNode[] => {
    if ("raw" in child || child.name !== step.name) return [child];
    place += 1;
    if (!step.fits(child, place)) return [child];
    return rest.length > 0 ? [editedBelow(child, rest, edit)] : inPlaceOf(child, edit);
  });
  return { ...parent, content };
}

function inPlaceOf(found: XmlElement, edit: Edit): readonly XmlNode[] {
  const before = edit.before === undefined ? [] : [{ raw: markupOf(edit.before) }];
  return [...before, edit.xml === undefined ? changed(found, edit) : { raw: markupOf(edit.xml) }];
}

function changed(found: XmlElement, { content, attributes = {} }: Edit): XmlElement {
  const left = Object.entries({ ...found.attributes, ...attributes }).filter((pair): pair is [string, string | number] => pair[1] !== null);
  const inside = content === undefined ? found : { name: found.name, content: markupOf(content), asIs: true as const };
  return { ...inside, attributes: Object.fromEntries(left) };
}
