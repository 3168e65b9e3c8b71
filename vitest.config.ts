import { existsSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, type ViteUserConfig } from "vitest/config";

/** Packages of the examples are installed apart: the server needs none of them. CI_NO_SKIP=1 (set by .ci/run): they must be there. */
const installed = existsSync(join(import.meta.dirname, "examples/node_modules"));
const examples = installed || process.env["CI_NO_SKIP"] === "1";
if (!examples) console.log("Tests of the examples are skipped. To run them: npm ci --prefix examples");

type Plugin = NonNullable<ViteUserConfig["plugins"]>[number];

/** Relay's documents are compiled. */
async function relayPlugins(): Promise<Plugin[]> {
  const { relay } = (await import(new URL("examples/relay/vite-plugin.mjs", import.meta.url).href)) as { relay: () => Plugin };
  return [relay()];
}

export default defineConfig({
  plugins: installed ? await relayPlugins() : [],
  // Vite would take graphql's ESM build while node_modules take its CommonJS one: two realms of one package.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    include: ["test/**/*.test.ts", ...(examples ? ["examples/*/**/*.test.ts"] : [])],
    globalSetup: ["test/support/temporary-files.ts", "test/support/generated.ts"],
    setupFiles: ["test/support/unit.ts"],
    // A test in which no assertion ran has not tested anything.
    expect: { requireAssertions: true },
    // One for each core, where the default leaves one core idle: it is much on two, and vitest itself needs little.
    maxWorkers: "100%",
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
