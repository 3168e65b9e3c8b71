import { defineConfig } from "vitest/config";

export default defineConfig({
  // Vite would take graphql's ESM build while node_modules take its CommonJS one: two realms of one package.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    include: ["test/**/*.test.ts"],
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
