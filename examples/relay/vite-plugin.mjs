/** babel-plugin-relay in Vite: puts what relay-compiler made in the place of each graphql`…`. */
import { transformAsync } from "@babel/core";
import plugin from "babel-plugin-relay";

const folder = import.meta.dirname;

/** @returns {import("vite").Plugin} */
export function relay() {
  return {
    name: "relay",
    enforce: "pre",
    async transform(code, id) {
      if (!id.startsWith(folder) || !/\.tsx?$/.test(id) || !code.includes("graphql`")) return undefined;
      const result = await transformAsync(code, {
        filename: id,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        parserOpts: { plugins: ["typescript", "jsx"] },
        plugins: [[plugin, { artifactDirectory: `${folder}/generated`, eagerEsModules: true, isDevelopment: false }]],
      });
      return { code: result.code, map: result.map };
    },
  };
}
