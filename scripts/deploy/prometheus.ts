/** A real Prometheus that reads copies of the service and is asked every query of board and alerts. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { stringify } from "yaml";
import { freePort } from "../free-port.js";
import { ensure, start, succeed, until } from "./commands.js";
import { programOf } from "./debian.js";
import { root } from "./files.js";
import { queries } from "./rules.js";

const folder = join(root, "deploy/prometheus");

export async function promtool(...args: readonly string[]): Promise<string> {
  return succeed(await programOf("prometheus", "usr/bin/promtool"), args, { cwd: folder });
}

interface Answer {
  readonly status: string;
  readonly error?: string;
  readonly data: { readonly result: readonly unknown[]; readonly groups: readonly { readonly rules: readonly Rule[] }[] };
}

interface Rule {
  readonly name: string;
  readonly health: string;
  readonly state: string;
}

/** @param ports Of copies that nothing is wrong with. @param ask Sends one of them a query. */
export async function askPrometheus(work: string, ports: readonly number[], ask: () => Promise<unknown>): Promise<string> {
  mkdirSync(work);
  const config = join(work, "prometheus.yaml");
  const job = { job_name: "7digital-graphql", static_configs: [{ targets: ports.map((port) => `127.0.0.1:${String(port)}`) }] };
  const global = { scrape_interval: "1s", evaluation_interval: "1s" };
  writeFileSync(config, stringify({ global, rule_files: [join(folder, "alerts.yaml")], scrape_configs: [job] }));
  const address = `127.0.0.1:${String(await freePort())}`;
  const program = await programOf("prometheus", "usr/bin/prometheus");
  const args = [`--config.file=${config}`, `--storage.tsdb.path=${join(work, "data")}`, `--web.listen-address=${address}`];
  const { child, ended, said } = start(program, args);
  const api = async (path: string): Promise<Answer> => (await (await fetch(`http://${address}/api/v1/${path}`)).json()) as Answer;
  try {
    const up = encodeURIComponent("sum(count_over_time(up[1m])) > 8");
    await until(
      async () => {
        await ask();
        return (await api(`query?query=${up}`)).data.result.length > 0;
      },
      "Prometheus has read the copies a few times",
      said,
    );
    const silent = await Promise.all(queries().map(([name, expression]) => unanswered(api, name, expression)));
    const problems = silent.filter((problem) => problem !== undefined);
    ensure(problems.length === 0, problems.join("\n"));
    await wait(1000);
    const rules = (await api("rules?type=alert")).data.groups.flatMap((group) => group.rules);
    const odd = rules.filter(({ health, state }) => health !== "ok" || state !== "inactive");
    ensure(rules.length > 10 && odd.length === 0, `Alerts that are not well, or not silent: ${JSON.stringify(odd)}`);
    return `${String(queries().length)} queries, ${String(rules.length)} alerts`;
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

/** Alerts are silent, and so is what shows failures only. Everything else has a value. */
async function unanswered(api: (path: string) => Promise<Answer>, name: string, expression: string): Promise<string | undefined> {
  const { status, error, data } = await api(`query?query=${encodeURIComponent(expression)}`);
  if (status !== "success") return `${name}: ${String(error)}`;
  const isSilent = name.startsWith("alert: ") || expression.startsWith("ALERTS") || / > 0\)?$/.test(expression);
  return isSilent === (data.result.length === 0) ? undefined : `${name}: ${String(data.result.length)} values for ${expression}`;
}
