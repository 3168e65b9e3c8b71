/** The reference: a page for each type of the schema, one for the directives, and an index. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildSchema,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  type GraphQLDirective,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import type { ExampleRun } from "../examples/example.js";
import { escapeHtml, inlineHtml } from "../pages/markdown.js";
import type { Page } from "../pages/page.js";
import { addressOf, root } from "../place.js";
import { descriptionHtml, inputList, inputSignature, typeAddress } from "./parts.js";
import { kindOf, typePage } from "./type-page.js";
import { usesIn } from "./uses.js";

/** Types of one kind, for the index and the navigation. */
export interface TypeGroup {
  readonly title: string;
  readonly types: readonly GraphQLNamedType[];
}

interface Reference {
  readonly pages: readonly Page[];
  readonly groups: readonly TypeGroup[];
}

const operations = ["Query", "Mutation", "Subscription"];
const kinds: readonly (readonly [kind: string, title: string])[] = [
  ["object type", "Object types"],
  ["interface", "Interfaces"],
  ["union", "Unions"],
  ["input type", "Input types"],
  ["enum", "Enums"],
  ["scalar", "Scalars"],
];

export function reference(runs: readonly ExampleRun[]): Reference {
  const schema = buildSchema(readFileSync(join(root, "schema/schema.graphql"), "utf8"));
  const uses = usesIn(schema, runs);
  const types = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith("__") && !isSpecifiedScalarType(type));
  const groups = groupsOf(types);
  const pages = types.map((type) => typePage(type, schema, uses));
  return { groups, pages: [indexPage(schema, groups), directivesPage(schema), ...pages] };
}

/** Pages of lists and their edges are a group of their own: they are many, and all alike. */
function groupsOf(types: readonly GraphQLNamedType[]): readonly TypeGroup[] {
  const isList = ({ name }: GraphQLNamedType): boolean => /(?:Connection|Edge)$/.test(name);
  const others = types.filter((type) => !operations.includes(type.name) && !isList(type));
  return [
    { title: "Operations", types: types.filter(({ name }) => operations.includes(name)).sort(byOperation) },
    ...kinds.map(([kind, title]) => ({ title, types: others.filter((type) => kindOf(type) === kind) })),
    { title: "Connections and edges", types: types.filter(isList) },
  ];
}

function byOperation({ name: one }: GraphQLNamedType, { name: other }: GraphQLNamedType): number {
  return operations.indexOf(one) - operations.indexOf(other);
}

function indexPage(schema: GraphQLSchema, groups: readonly TypeGroup[]): Page {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
    (type) => type !== undefined && type !== null,
  );
  const others = groups.slice(1).map(
    ({ title, types }) => `<h2 id="${title.toLowerCase().replaceAll(" ", "-")}">${title}</h2>
<ul class="columns">${types.map(({ name }) => `<li><a href="${typeAddress(name)}">${name}</a></li>`).join("\n")}</ul>`,
  );
  return {
    path: "reference/",
    title: "Reference",
    section: "reference",
    html: `<h1>Reference</h1>
<p>What can you request, and what does each field cost? The reference is made from the public schema. <a href="${addressOf("reference/directives/")}">Directives</a>
have a page of their own, and <a href="${addressOf("examples/")}">examples</a> show whole operations with their responses.</p>
${roots.map(rootTable).join("\n")}
${others.join("\n")}`,
  };
}

function rootTable(type: GraphQLObjectType): string {
  const rows = Object.values(type.getFields()).map(({ name, description, deprecationReason }) => {
    const [text = "", cost = ""] = (description ?? "").split(/ ?Cost: /);
    const old = typeof deprecationReason !== "string" ? "" : "<strong>Deprecated.</strong> ";
    return `<tr><td><a href="${typeAddress(type.name)}#field-${name}"><code>${name}</code></a></td><td>${old}${inlineHtml(text)}</td><td>${inlineHtml(cost)}</td></tr>`;
  });
  return `<h2 id="${type.name.toLowerCase()}">${type.name}</h2>
<div class="scroll" role="group" aria-label="${type.name}" tabindex="0"><table class="roots"><thead><tr><th>field</th><th>what it is</th><th>cost</th></tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>`;
}

function directivesPage(schema: GraphQLSchema): Page {
  const directives = schema.getDirectives().filter((one) => !isSpecifiedDirective(one));
  return {
    path: "reference/directives/",
    title: "Directives",
    section: "reference",
    html: `<h1>Directives</h1>\n${directives.map(directiveHtml).join("\n")}`,
  };
}

function directiveHtml({ name, description, args, locations }: GraphQLDirective): string {
  return `<section class="field">
<h2 id="${escapeHtml(name)}">@${name}</h2>
<p class="signature"><code>@${name}(${args.map(inputSignature).join(", ")}) on ${locations.join(" | ")}</code></p>
${descriptionHtml(description)}
${inputList(args)}
</section>`;
}
