/** The alerts of deploy/prometheus, their tests, and the queries of the board. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root, textOf, yamlOf } from "./files.js";

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export function alerts(): readonly Alert[] {
  const { groups } = yamlOf("deploy/prometheus/alerts.yaml") as { readonly groups: readonly { readonly rules: readonly Alert[] }[] };
  return groups.flatMap(({ rules }) => rules);
}

interface AlertCase {
  readonly alertname: string;
  readonly exp_alerts: readonly unknown[];
}

export function alertCases(): readonly AlertCase[] {
  const { tests } = yamlOf("deploy/prometheus/alerts.test.yaml") as {
    readonly tests: readonly { readonly alert_rule_test: readonly AlertCase[] }[];
  };
  return tests.flatMap(({ alert_rule_test }) => alert_rule_test);
}

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly targets?: readonly { readonly expr: string }[];
}

export interface Board {
  readonly panels: readonly Panel[];
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
}

const boards = "deploy/grafana/dashboards";

export function boardFiles(): readonly Board[] {
  return readdirSync(join(root, boards)).map((name) => JSON.parse(textOf(join(boards, name))) as Board);
}

/** Grafana replaces its variables before Prometheus reads a query. */
function asAsked(expression: string): string {
  return expression.replaceAll("$__rate_interval", "1m").replaceAll("$__range", "6h").replaceAll("$job", "7digital-graphql");
}

/** Every query of ours, by what it is for. */
export function queries(): readonly (readonly [string, string])[] {
  const shown = boardFiles().flatMap(({ panels, annotations }) => [
    ...panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [`board: ${title}`, asAsked(expr)] as const)),
    ...annotations.list.map(({ expr }) => ["board: annotations", asAsked(expr)] as const),
  ]);
  return [...alerts().map(({ alert, expr }) => [`alert: ${alert}`, expr] as const), ...shown];
}
