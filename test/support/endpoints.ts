/** Every endpoint that the slices declare, found by the names of their files. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Endpoint } from "../../src/upstream/endpoint.js";

export type AnyEndpoint = Endpoint<Record<string, unknown>, unknown>;

const source = join(import.meta.dirname, "../../src");

export async function readEndpoints(): Promise<readonly AnyEndpoint[]> {
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) =>
    /[\\/]endpoints([\\/][^\\/]+)?\.ts$/.test(file),
  );
  const modules = await Promise.all(files.map((file) => import(join(source, file)) as Promise<Record<string, AnyEndpoint>>));
  return modules.flatMap((module) => Object.values(module));
}
