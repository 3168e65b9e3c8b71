/** Programs of Debian packages, without installing them: an installed server would start at once. */
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { succeed } from "./commands.js";

const cache = resolve(import.meta.dirname, "../../node_modules/.cache/deploy");

/** Where a program is installed; undefined where it is not. */
export function installed(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin"];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** For a program that needs no libraries of other packages. @param path Inside the package. @returns Where it is. @throws Error where the package cannot be had. */
export async function programOf(packageName: string, path: string): Promise<string> {
  const found = installed(path.split("/").at(-1) ?? "");
  if (found !== undefined) return found;
  const folder = join(cache, packageName);
  const program = join(folder, path);
  if (existsSync(program)) return program;
  mkdirSync(folder, { recursive: true });
  const download = () => succeed("apt-get", ["download", packageName], { cwd: folder });
  // Without a list of packages it finds none.
  await download().catch(async () => {
    await succeed("apt-get", ["update", "-qq"]);
    await download();
  });
  const file = readdirSync(folder).find((one) => one.endsWith(".deb")) ?? "";
  await succeed("dpkg", ["-x", file, "."], { cwd: folder });
  return program;
}
