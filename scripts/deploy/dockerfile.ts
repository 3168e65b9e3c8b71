/** Reads a Dockerfile, and the files that reach it. */
export interface Instruction {
  /** In capitals. */
  readonly name: string;
  readonly rest: string;
}

/** The instructions of each stage, the first of which is FROM. */
export function readDockerfile(text: string): readonly (readonly Instruction[])[] {
  const stages: Instruction[][] = [];
  const lines = text.replace(/^\s*#.*\n/gm, "").replaceAll(/\\\n\s*/g, "");
  for (const line of lines.split("\n").filter((one) => one.trim() !== "")) {
    const [, name = "", rest = ""] = /^\s*(\w+)\s+(.*?)\s*$/.exec(line) ?? [];
    if (name.toUpperCase() === "FROM") stages.push([]);
    stages.at(-1)?.push({ name: name.toUpperCase(), rest });
  }
  return stages;
}
