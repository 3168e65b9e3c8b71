/** Finds the examples: schema/operations, the operations in Markdown pages, and those of the front ends in examples/. Their text is copied
 *  nowhere. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Kind, parse, visit, type DocumentNode, type OperationDefinitionNode } from "graphql";
import { root } from "../place.js";
import type { Example } from "./example.js";

/** Relay's documents are not here: relay-compiler rewrites them, and examples/relay tests what is sent. */
const frontEnds = [
  { file: "examples/codegen/operations.ts", group: "Typed documents" },
  { file: "examples/apollo/operations.ts", group: "Apollo Client" },
  { file: "examples/urql/operations.ts", group: "urql" },
];

/** @param pages Markdown files, relative to the root. @throws Error if two examples would have one address. */
export function collectExamples(pages: readonly string[]): readonly Example[] {
  const examples = [...described(), ...pages.flatMap(inMarkdown), ...frontEnds.flatMap(({ file, group }) => inTypeScript(file, group))];
  const twice = examples.find(({ id }, index) => examples.findIndex((one) => one.id === id) !== index);
  if (twice !== undefined) throw new Error(`Two examples have the address ${twice.id}. One is in ${twice.file}.`);
  return examples;
}

const textOf = (file: string): string => readFileSync(join(root, file), "utf8");

function described(): readonly Example[] {
  const folder = "schema/operations";
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith(".graphql"));
  return files.sort().map((name) => {
    const file = `${folder}/${name}`;
    const text = textOf(file).trim();
    const operation = operationOf(parse(text));
    if (operation?.name === undefined) throw new Error(`${file} needs one operation, with a name.`);
    return {
      id: basename(name, ".graphql").slice(3),
      title: wordsOf(operation.name.value),
      group: "Operations",
      file,
      text,
      document: text,
    };
  });
}

/** Blocks of GraphQL, and the bodies of curl commands. Without a name, an operation is called after its heading. */
function inMarkdown(file: string): readonly Example[] {
  const page = basename(file, ".md").toLowerCase();
  let heading = "";
  return [...textOf(file).matchAll(/^#+ (?<heading>.+)$|^```(?<language>graphql|sh)\n(?<block>[\s\S]*?)^```$/gm)].flatMap(
    ({ groups = {} }) => {
      heading = groups["heading"] ?? heading;
      const { language, block = "" } = groups;
      return (language === "sh" ? postedIn(block) : [block.trim()]).flatMap((text) => {
        if (text === "") return [];
        const operation = operationOf(parse(text));
        if (operation === undefined) return [];
        const name = operation.name?.value;
        const title = `${name === undefined ? heading : wordsOf(name)} (${file})`;
        return [{ id: `${page}-${kebab(name ?? heading)}`, title, group: "Guides", file, text, document: text }];
      });
    },
  );
}

function postedIn(commands: string): readonly string[] {
  return [...commands.matchAll(/-d '(\{"query":[^']*)'/g)].map(([, body = ""]) => (JSON.parse(body) as { query: string }).query);
}

function inTypeScript(file: string, group: string): readonly Example[] {
  const texts = [...textOf(file).matchAll(/graphql\(`([^`]*)`\)/g)].map(([, text = ""]) => dedent(text));
  const documents = texts.map((text) => ({ text, parsed: parse(text) }));
  const fragments = new Map(
    documents.flatMap(({ text, parsed }) =>
      parsed.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, { text, parsed }] as const] : [])),
    ),
  );
  return documents.flatMap(({ text, parsed }) => {
    const name = operationOf(parsed)?.name?.value;
    if (name === undefined) return [];
    const used = spreadsIn(parsed, fragments).map((one) => fragments.get(one)?.text ?? "");
    const document = [text, ...used].join("\n\n");
    return [{ id: `${kebab(group)}-${kebab(name)}`, title: `${wordsOf(name)} (${group})`, group, file, text: document, document }];
  });
}

/** Names of the fragments that a document needs, also by way of others. */
function spreadsIn(document: DocumentNode, fragments: ReadonlyMap<string, { readonly parsed: DocumentNode }>): readonly string[] {
  const names = new Set<string>();
  const look = (node: DocumentNode): void => {
    visit(node, {
      FragmentSpread({ name: { value } }) {
        if (names.has(value)) return;
        names.add(value);
        const fragment = fragments.get(value);
        if (fragment !== undefined) look(fragment.parsed);
      },
    });
  };
  look(document);
  return [...names];
}

function operationOf({ definitions }: DocumentNode): OperationDefinitionNode | undefined {
  return definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
}

function dedent(text: string): string {
  const lines = text.replace(/^\n/, "").trimEnd().split("\n");
  const indent = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => /^ */.exec(line)?.[0].length ?? 0));
  return lines.map((line) => line.slice(indent)).join("\n");
}

/** "ReleaseChart" as "release-chart". */
function kebab(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])|\s+/g, "-").toLowerCase();
}

/** "ReleaseChart" as "Release chart". */
function wordsOf(name: string): string {
  const words = kebab(name).replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
