/** Parts of the reference's pages: types with links, descriptions, costs and arguments. */
import { getNamedType, isSpecifiedScalarType, print, type GraphQLField, type GraphQLType, type InputValueDefinitionNode } from "graphql";
import { escapeHtml, inlineHtml } from "../pages/markdown.js";
import { addressOf } from "../place.js";

/** An argument, or a field of an input type. */
interface Input {
  readonly name: string;
  readonly type: GraphQLType;
  readonly description?: string | null | undefined;
  readonly deprecationReason?: string | null | undefined;
  readonly astNode?: InputValueDefinitionNode | null | undefined;
}

export const typeAddress = (name: string): string => addressOf(`reference/${name}/`);

/** E.g. "[Artist!]!", with a link to Artist. Scalars of the GraphQL specification have no page. */
export function typeLink(type: GraphQLType): string {
  const named = getNamedType(type);
  const [before = "", after = ""] = type.toString().split(named.name);
  const name = isSpecifiedScalarType(named) ? named.name : `<a href="${typeAddress(named.name)}">${named.name}</a>`;
  return `${before}${name}${after}`;
}

/** Without the sentences about cost, which are shown apart. */
export function descriptionHtml(description: string | null | undefined): string {
  const [text = ""] = (description ?? "").split(/ ?Cost: /);
  return text === "" ? "" : `<p>${inlineHtml(text)}</p>`;
}

/** What the field may call, in the words of its description. Empty where it calls nothing. */
export function costHtml({ description, astNode }: GraphQLField<unknown, unknown>): string {
  const directive = astNode?.directives?.find(({ name }) => name.value === "upstream");
  const [, words] = (description ?? "").split(/ ?Cost: /);
  if (directive === undefined && words === undefined) return "";
  const cost = words ?? "none. It is a signed URL, for the client to open.";
  const declared = directive === undefined ? "" : ` <code>${escapeHtml(print(directive))}</code>`;
  return `<p class="cost"><span class="label">Cost</span> ${inlineHtml(cost)}${declared}</p>`;
}

export function nullHtml({ astNode }: GraphQLField<unknown, unknown>): string {
  const has = astNode?.directives?.some(({ name }) => name.value === "semanticNonNull") ?? false;
  return has ? `<p class="note">Null only with an error: <code>@semanticNonNull</code>.</p>` : "";
}

export function deprecationHtml(reason: string | null | undefined): string {
  return typeof reason !== "string" ? "" : `<p class="deprecated"><span class="label">Deprecated</span> ${inlineHtml(reason)}</p>`;
}

/** E.g. "first: Int = 10". */
export function inputSignature(input: Input): string {
  const ast = input.astNode?.defaultValue;
  const fallback = ast ? ` = ${escapeHtml(print(ast))}` : "";
  return `${input.name}: ${typeLink(input.type)}${fallback}`;
}

/** Arguments, or fields of an input type, which have anchors. */
export function inputList(inputs: readonly Input[], anchor?: "field"): string {
  const items = inputs.map(
    (input) =>
      `<dt${anchor === undefined ? "" : ` id="${anchor}-${input.name}"`}><code>${inputSignature(input)}</code></dt>\n<dd>${descriptionHtml(input.description)}${deprecationHtml(input.deprecationReason)}</dd>`,
  );
  return `<dl class="inputs">\n${items.join("\n")}\n</dl>`;
}
