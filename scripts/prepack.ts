/** What `npm pack` packs: JavaScript of all of src/, and the declarations that the entries in `exports` need, and no others. Fails where one
 *  of them names a package that an importer need not have. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

const root = resolve(import.meta.dirname, "..");
const dist = join(root, "dist");
/** What declarations may name: the peer dependency, and Node's modules. */
const allowed = /^(?:graphql|node:.+)$/;

function compile(): void {
  rmSync(dist, { recursive: true, force: true });
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json", "--noEmitOnError", "--sourceMap", "false"], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("It does not compile.");
}

/** The sources of the entries that have types. */
function entries(): readonly string[] {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    exports: Record<string, string | { types: string }>;
  };
  return Object.values(exports).flatMap((entry) => (typeof entry === "string" ? [] : [sourceOf(join(root, entry.types))]));
}

function sourceOf(declaration: string): string {
  return join(root, "src", relative(dist, declaration).replace(/\.d\.ts$/, ".ts"));
}

function createEmitter(files: readonly string[]) {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files, include: [] }, ts.sys, root);
  const program = ts.createProgram(files, {
    ...options,
    ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, rootDir: join(root, "src"), outDir: dist },
  });
  /** @returns The text of the declaration of a source. */
  return (file: string): string => {
    const source = program.getSourceFile(file);
    const [problem] = program.getDeclarationDiagnostics(source);
    if (problem !== undefined) throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(problem.messageText, "\n")}`);
    let text: string | undefined;
    const write: ts.WriteFileCallback = (_path, written) => (text = written);
    program.emit(source, write, undefined, true);
    if (text === undefined) throw new Error(`There is no declaration of ${file}.`);
    return text;
  };
}

/** @returns Every source that has a declaration now. */
function emitDeclarations(files: readonly string[]): readonly string[] {
  const emit = createEmitter(files);
  const queue = [...files];
  for (const file of queue) {
    const text = emit(file);
    const target = join(dist, relative(join(root, "src"), file).replace(/\.ts$/, ".d.ts"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    queue.push(...importedBy(file, text).filter((one) => !queue.includes(one)));
  }
  return queue;
}

/** The sources that the declaration of a file imports. */
function importedBy(file: string, declaration: string): readonly string[] {
  const names = ts.preProcessFile(declaration).importedFiles.map(({ fileName }) => fileName);
  const foreign = names.find((name) => !name.startsWith(".") && !allowed.test(name));
  if (foreign !== undefined) throw new Error(`The types of ${relative(root, file)} name ${foreign}, which importers need not have.`);
  return names.filter((name) => name.startsWith(".")).map((name) => join(dirname(file), name.replace(/\.js$/, ".ts")));
}

compile();
const declared = emitDeclarations(entries());
// stdout is npm's own: `npm pack --json` prints there.
console.error(`${String(declared.length)} declarations`);
