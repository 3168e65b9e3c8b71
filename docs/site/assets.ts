/** Style, scripts and icon: bundled, and named after their content, so that browsers may keep them for ever. */
import { basename, join } from "node:path";
import { build } from "esbuild";
import { base, built } from "./place.js";

/** Addresses, by the entry's name. */
export type Assets = Readonly<Record<"style" | "scheme" | "script" | "icon", string>>;

export async function buildAssets(): Promise<Assets> {
  const theme = join(import.meta.dirname, "theme");
  const { metafile } = await build({
    entryPoints: ["site.css", "scheme.ts", "site.ts", "icon.svg"].map((name) => join(theme, name)),
    outdir: join(built, "assets"),
    entryNames: "[name].[hash]",
    assetNames: "[name].[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    loader: { ".svg": "copy" },
    metafile: true,
  });
  const addressOf = (start: string, end: string): string => {
    const file = Object.keys(metafile.outputs)
      .map((path) => basename(path))
      .find((name) => name.startsWith(start) && name.endsWith(end));
    if (file === undefined) throw new Error(`${start}${end} was not built.`);
    return `${base}assets/${file}`;
  };
  return {
    style: addressOf("site.", ".css"),
    scheme: addressOf("scheme.", ".js"),
    script: addressOf("site.", ".js"),
    icon: addressOf("icon.", ".svg"),
  };
}
