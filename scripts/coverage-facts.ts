/** Gathers where each method of the API stands: in declarations, the sandbox, the graph and tests. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isInterfaceType, isObjectType } from "graphql";
import { costOf } from "../src/graph/field-cost.js";
import { schema } from "../src/app/schema.js";
import { mediaMethods } from "../src/sandbox/sites/media/media-methods.js";
import type { Verb } from "./api-methods.js";
import { methodsTestedIn, type Declared, type Found } from "./coverage-table.js";

const root = resolve(import.meta.dirname, "..");

export async function gatherFacts(listed: readonly string[]): Promise<Found> {
  const declared = (await exported(filesBelow("src", /^src\/[^/]+\/endpoints(\/[^/]+)?\.ts$/))).map(({ path, verb = "GET" }): Declared => ({
    path,
    verb,
  }));
  const paths = [...listed, ...declared.map(({ path }) => path)];
  const sandbox = await exported(filesBelow("src/sandbox", /\/methods(\/.*)?\.ts$/));
  return {
    declared,
    // The media hosts are another site than the API, and the sandbox keeps their methods apart.
    sandbox: [...sandbox.map(({ path }) => path), ...mediaMethods.keys()],
    graph: [...fieldsByMethod().keys()],
    tested: filesBelow("test", /\.test\.ts$/).flatMap((file) => methodsTestedIn(readFileSync(join(root, file), "utf8"), paths)),
  };
}

/** The coordinates of the fields that may call a method, by its path. */
export function fieldsByMethod(): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const { upstream } = costOf(field);
      if (upstream === undefined) continue;
      const { method, also = [], inBatches } = upstream;
      const others = inBatches === undefined ? also : [...also, inBatches.by];
      for (const path of [method, ...others.map((other) => other.path)])
        fields.set(path, [...(fields.get(path) ?? []), `${type.name}.${field.name}`]);
    }
  }
  return fields;
}

function filesBelow(directory: string, matching: RegExp): readonly string[] {
  if (!existsSync(join(root, directory))) return [];
  const names = readdirSync(join(root, directory), { recursive: true, encoding: "utf8" });
  return names.map((name) => `${directory}/${name}`).filter((name) => matching.test(name));
}

interface Exported {
  readonly path: string;
  readonly verb?: Verb;
}

/** Every value with a `path` that the modules export, alone or in a list. */
async function exported(files: readonly string[]): Promise<readonly Exported[]> {
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(join(root, file)).href) as Promise<Record<string, unknown>>));
  const values = modules
    .flatMap((module) => Object.values(module))
    .flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]));
  return values.filter((value): value is Exported => typeof value === "object" && value !== null && "path" in value);
}
