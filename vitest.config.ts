import { existsSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

/** Packages of the examples are installed apart: the server needs none of them. CI_NO_SKIP=1 (set by .ci/run): they must be there. */
const examples = existsSync(join(import.meta.dirname, "examples/node_modules")) || process.env["CI_NO_SKIP"] === "1";
if (!examples) console.log("Tests of the examples are skipped. To run them: npm ci --prefix examples");

export default defineConfig({
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
