/** Builds the image of a Dockerfile as plain folders, because there may be no Docker: each COPY and RUN is carried out. The base image is this
 *  machine, so what only the base image has is not tried. */
import { chownSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { environment, succeed } from "./commands.js";
import { readDockerfile, readIgnoreFile, type Instruction } from "./dockerfile.js";

export interface Image {
  /** What is at / in a container. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  readonly workdir: string;
  readonly entrypoint: readonly string[];
  readonly healthcheck: readonly string[];
}

interface Stage {
  readonly folder: string;
  readonly environment: Record<string, string>;
  workdir: string;
  user: string;
  entrypoint: readonly string[];
  healthcheck: readonly string[];
}

/** @param work An empty folder for the stages. */
export async function buildImage(context: string, work: string): Promise<Image> {
  const stages = new Map<string, Stage>();
  const isIgnored = readIgnoreFile(readFileSync(join(context, ".dockerignore"), "utf8"));
  let last: Stage | undefined;
  for (const [from, ...instructions] of readDockerfile(readFileSync(join(context, "Dockerfile"), "utf8"))) {
    const name = / AS (\w+)$/i.exec(from?.rest ?? "")?.[1] ?? "last";
    last = { folder: join(work, name), environment: {}, workdir: "/", user: "", entrypoint: [], healthcheck: [] };
    mkdirSync(last.folder);
    stages.set(name, last);
    for (const instruction of instructions) await carryOut(instruction, last, { context, isIgnored, stages });
  }
  if (last === undefined) throw new Error("The Dockerfile has no stage.");
  return last;
}

interface Surroundings {
  readonly context: string;
  readonly isIgnored: (path: string) => boolean;
  readonly stages: ReadonlyMap<string, Stage>;
}

/** Those that change nothing but the image's description. */
const described = ["LABEL", "EXPOSE", "STOPSIGNAL"];

async function carryOut({ name, rest }: Instruction, stage: Stage, surroundings: Surroundings): Promise<void> {
  if (name === "WORKDIR") {
    stage.workdir = rest;
    mkdirSync(join(stage.folder, rest), { recursive: true });
  } else if (name === "ENV") {
    for (const [, variable = "", value = ""] of rest.matchAll(/(\w+)=(\S+)/g)) stage.environment[variable] = value;
  } else if (name === "USER") stage.user = rest;
  else if (name === "ENTRYPOINT") stage.entrypoint = JSON.parse(rest) as string[];
  else if (name === "HEALTHCHECK") stage.healthcheck = JSON.parse(rest.slice(rest.indexOf("CMD ") + 4)) as string[];
  else if (name === "RUN")
    await succeed("sh", ["-c", rest], { cwd: join(stage.folder, stage.workdir), env: { ...environment, ...stage.environment } });
  else if (name === "COPY") copy(rest, stage, surroundings);
  else if (!described.includes(name)) throw new Error(`${name} is not known here.`);
}

interface Copying {
  readonly paths: readonly string[];
  readonly target: string;
  /** Another stage; undefined for the build context. */
  readonly from: string | undefined;
  readonly owner: readonly [uid: number, gid: number] | undefined;
}

function readCopy(rest: string): Copying {
  const words = rest.split(/\s+/);
  const option = (name: string): string | undefined => words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
  const paths = words.filter((word) => !word.startsWith("--"));
  const target = paths.pop() ?? "";
  const [, uid, gid] = /^(\d+):(\d+)$/.exec(option("chown") ?? "") ?? [];
  return { paths, target, from: option("from"), owner: uid === undefined ? undefined : [Number(uid), Number(gid)] };
}

function copy(rest: string, stage: Stage, { context, isIgnored, stages }: Surroundings): void {
  const { paths, target, from, owner } = readCopy(rest);
  const source = from === undefined ? context : stages.get(from)?.folder;
  if (source === undefined) throw new Error(`There is no stage ${String(from)}.`);
  const place = join(stage.folder, target.startsWith("/") ? "" : stage.workdir, target);
  const filter = (file: string): boolean => from !== undefined || statSync(file).isDirectory() || !isIgnored(relative(context, file));
  for (const path of paths) {
    const whole = join(source, path);
    const isFolder = statSync(whole).isDirectory();
    if (!isFolder && !filter(whole)) throw new Error(`.dockerignore leaves out ${path}, which is copied.`);
    const copied = isFolder || !target.endsWith("/") ? place : join(place, basename(path));
    cpSync(whole, copied, { recursive: true, verbatimSymlinks: true, filter });
  }
  if (!existsSync(place)) throw new Error(`Nothing was copied to ${target}.`);
  if (owner !== undefined) chownSync(place, ...owner);
}

/** Every file below a folder, relative to it, without those of packages. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !dirname(path).split("/").includes("node_modules"));
}
