/** Reads PromQL expressions with Prometheus' own grammar. */
import type { SyntaxNode } from "@lezer/common";
import { parser } from "@prometheus-io/lezer-promql";

export interface Matcher {
  readonly label: string;
  /** Those that it names, where it is a list of values; undefined for any other regular expression. */
  readonly values: readonly string[] | undefined;
}

export interface Selector {
  readonly metric: string;
  readonly matchers: readonly Matcher[];
}

export interface Query {
  readonly selectors: readonly Selector[];
  /** Labels that it groups or joins by. */
  readonly groupedBy: readonly string[];
}

/** @throws Error for one that is not PromQL. */
export function readQuery(expression: string): Query {
  const selectors: Selector[] = [];
  const groupedBy: string[] = [];
  const text = ({ from, to }: { from: number; to: number }): string => expression.slice(from, to);
  parser.parse(expression).iterate({
    enter({ type, name, node, from, to }) {
      if (type.isError) throw new Error(`Not PromQL at ${String(from)}: ${expression}`);
      if (name === "VectorSelector") selectors.push(selectorOf(node, text));
      if (name === "LabelName" && node.parent?.name === "GroupingLabels") groupedBy.push(text({ from, to }));
    },
  });
  return { selectors, groupedBy };
}

function selectorOf(node: SyntaxNode, text: (node: SyntaxNode) => string): Selector {
  const identifier = node.getChild("Identifier");
  const matchers = node.getChild("LabelMatchers")?.getChildren("UnquotedLabelMatcher") ?? [];
  if (identifier === null) throw new Error(`It selects by no metric: ${text(node)}`);
  return { metric: text(identifier), matchers: matchers.map((matcher) => matcherOf(matcher, text)) };
}

function matcherOf(node: SyntaxNode, text: (node: SyntaxNode) => string): Matcher {
  const [label, literal] = [node.getChild("LabelName"), node.getChild("StringLiteral")];
  if (label === null || literal === null) throw new Error(`Not a matcher: ${text(node)}`);
  const value = text(literal).slice(1, -1);
  return { label: text(label), values: /[.*+?[\]()^\\]/.test(value) ? undefined : value.split("|") };
}

/** Metrics as Prometheus keeps them, with the values of each label. */
export type Exposition = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/** Reads the text format. A metric of which there is no sample yet is there without labels. */
export function readExposition(text: string): Exposition {
  const metrics = new Map<string, Map<string, Set<string>>>();
  for (const line of text.split("\n")) {
    const [, name, labels = ""] = /^(\w+)(?:\{(.*)\})? \S+$/.exec(line) ?? [];
    if (name === undefined) continue;
    const known = metrics.get(name) ?? new Map<string, Set<string>>();
    metrics.set(name, known);
    for (const [, label = "", value = ""] of labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g))
      known.set(label, (known.get(label) ?? new Set()).add(value));
  }
  return metrics;
}
