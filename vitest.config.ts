import { defineConfig } from "vitest/config";

export default defineConfig({
  // Vite would take graphql's ESM build while node_modules take its CommonJS one: two realms of one package.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: { include: ["test/**/*.test.ts"], globalSetup: ["test/support/generated.ts"], testTimeout: 20_000, hookTimeout: 60_000 },
});
