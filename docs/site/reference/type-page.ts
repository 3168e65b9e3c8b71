/** The page of a type. */
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from "graphql";
import type { ExampleRun } from "../examples/example.js";
import { escapeHtml } from "../pages/markdown.js";
import type { Page } from "../pages/page.js";
import { addressOf } from "../place.js";
import { costHtml, deprecationHtml, descriptionHtml, inputList, inputSignature, nullHtml, typeAddress, typeLink } from "./parts.js";
import type { Uses } from "./uses.js";

/** In words, e.g. "input type". */
export function kindOf(type: GraphQLNamedType): string {
  if (isObjectType(type)) return "object type";
  if (isInterfaceType(type)) return "interface";
  if (isUnionType(type)) return "union";
  if (isInputObjectType(type)) return "input type";
  return isEnumType(type) ? "enum" : "scalar";
}

export function typePage(type: GraphQLNamedType, schema: GraphQLSchema, uses: Uses): Page {
  const { name, description } = type;
  const html = [
    `<h1>${name}</h1>\n<p class="kind">${kindOf(type)}</p>`,
    descriptionHtml(description),
    relationsHtml(type, schema),
    membersHtml(type, uses),
    usesHtml(type, uses),
    examplesHtml(type, uses),
  ];
  return { path: `reference/${name}/`, title: name, section: "reference", html: html.filter((part) => part !== "").join("\n") };
}

function relationsHtml(type: GraphQLNamedType, schema: GraphQLSchema): string {
  const lines: string[] = [];
  if (isObjectType(type) || isInterfaceType(type)) lines.push(namesHtml("Implements", type.getInterfaces()));
  if (isInterfaceType(type)) lines.push(namesHtml("Implemented by", schema.getImplementations(type).objects));
  if (isUnionType(type)) lines.push(namesHtml("One of", type.getTypes()));
  if (isScalarType(type) && typeof type.specifiedByURL === "string") {
    lines.push(`<p>Specified by <a href="${escapeHtml(type.specifiedByURL)}">${escapeHtml(type.specifiedByURL)}</a>.</p>`);
  }
  return lines.filter((line) => line !== "").join("\n");
}

function namesHtml(label: string, types: readonly GraphQLNamedType[]): string {
  return types.length === 0 ? "" : `<p>${label} ${types.map((type) => `<code>${typeLink(type)}</code>`).join(", ")}.</p>`;
}

function membersHtml(type: GraphQLNamedType, uses: Uses): string {
  if (isObjectType(type) || isInterfaceType(type)) {
    const fields = Object.values(type.getFields());
    return `<h2 id="fields">Fields</h2>\n${fields.map((field) => fieldHtml(type.name, field, uses)).join("\n")}`;
  }
  if (isInputObjectType(type)) return `<h2 id="fields">Fields</h2>\n${inputList(Object.values(type.getFields()), "field")}`;
  if (!isEnumType(type)) return "";
  const values = type
    .getValues()
    .map(
      ({ name, description, deprecationReason }) =>
        `<dt id="value-${name}"><code>${name}</code></dt>\n<dd>${descriptionHtml(description)}${deprecationHtml(deprecationReason)}</dd>`,
    );
  return `<h2 id="values">Values</h2>\n<dl class="inputs">\n${values.join("\n")}\n</dl>`;
}

function fieldHtml(type: string, field: GraphQLField<unknown, unknown>, uses: Uses): string {
  const { name, args } = field;
  const list = args.length === 0 ? "" : `(${args.map(inputSignature).join(", ")})`;
  const isRoot = ["Query", "Mutation", "Subscription"].includes(type);
  return `<section class="field">
<h3 id="field-${name}">${name}</h3>
<p class="signature"><code>${name}${list}: ${typeLink(field.type)}</code></p>
${descriptionHtml(field.description)}
${deprecationHtml(field.deprecationReason)}
${costHtml(field)}
${nullHtml(field)}
${args.length === 0 ? "" : inputList(args)}
${isRoot ? exampleLinks("Examples:", uses.examplesOf(type, name)) : ""}
</section>`.replace(/\n+/g, "\n");
}

function usesHtml(type: GraphQLNamedType, uses: Uses): string {
  const items = uses
    .of(type)
    .map((use) => `<li><a href="${typeAddress(use.type)}#field-${use.field}"><code>${use.type}.${use.field}</code></a></li>`);
  return items.length === 0 ? "" : `<h2 id="used-by">Used by</h2>\n<ul class="columns">\n${items.join("\n")}\n</ul>`;
}

function examplesHtml({ name }: GraphQLNamedType, uses: Uses): string {
  const examples = uses.examplesOfType(name);
  if (examples.length === 0) return "";
  const items = examples.map((run) => `<li>${exampleLink(run)}</li>`);
  return `<h2 id="examples">Examples</h2>\n<ul class="columns">\n${items.join("\n")}\n</ul>`;
}

function exampleLinks(label: string, runs: readonly ExampleRun[]): string {
  return runs.length === 0 ? "" : `<p class="note">${label} ${runs.map(exampleLink).join(", ")}</p>`;
}

function exampleLink({ id, title }: ExampleRun): string {
  return `<a href="${addressOf(`examples/${id}/`)}">${escapeHtml(title)}</a>`;
}
