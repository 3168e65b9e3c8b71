import { existsSync } from "node:fs";
import { join } from "node:path";
import { configDefaults, defineConfig, type ViteUserConfig } from "vitest/config";

const isInstalled = (folder: string): boolean => existsSync(join(import.meta.dirname, folder, "node_modules"));

/** Packages of the examples, of the documentation site and of the SDK for traces are installed apart: the server needs none of them.
 *  CI_NO_SKIP=1 (set by .ci/run): they must be there. */
const noSkip = process.env["CI_NO_SKIP"] === "1";
const installed = isInstalled("examples");
const examples = installed || noSkip;
const gateways = isInstalled("examples/gateways") || noSkip;
const docs = isInstalled("docs/site") || noSkip;
const otel = isInstalled("deploy/otel") || noSkip;
const apart = { examples, "examples/gateways": gateways, "docs/site": docs, "deploy/otel": otel };
for (const [folder, present] of Object.entries(apart)) {
  if (!present) console.log(`Tests of ${folder} are skipped. To run them: npm ci --prefix ${folder}`);
}

type Plugin = NonNullable<ViteUserConfig["plugins"]>[number];

/** Relay's documents are compiled. */
async function relayPlugins(): Promise<Plugin[]> {
  const { relay } = (await import(new URL("examples/relay/vite-plugin.mjs", import.meta.url).href)) as { relay: () => Plugin };
  return [relay()];
}

const files = [
  "test/**/*.test.ts",
  "examples/embedding/*.test.ts",
  ...(examples ? ["examples/!(gateways|embedding)/**/*.test.ts"] : []),
  ...(gateways ? ["examples/gateways/*.test.ts"] : []),
  ...(docs ? ["docs/site/*.test.ts"] : []),
];
const exclude = [...configDefaults.exclude, ...(otel ? [] : ["test/integration/telemetry/otlp.test.ts"])];

/** Each has a process of its own: they measure its memory or its time, or send signals. */
const alone = [
  "test/abuse/hostile.test.ts",
  "test/abuse/xml.test.ts",
  "test/integration/main.test.ts",
  "test/integration/processes/*.test.ts",
  "test/integration/stop/*.test.ts",
  "test/integration/upstream/cancellation.test.ts",
  "test/integration/upstream/heap-size.test.ts",
  "test/unit/operation/document-memory.test.ts",
];

const plugins = installed ? await relayPlugins() : [];
const resolve = {
  // Vite would take graphql's ESM build while node_modules take its CommonJS one: two realms of one package.
  alias: [
    { find: /^graphql$/, replacement: "graphql/index.js" },
    { find: /^7digital-graphql$/, replacement: join(import.meta.dirname, "src/entries/index.ts") },
    { find: /^7digital-graphql\/(middleware|sandbox)$/, replacement: join(import.meta.dirname, "src/entries/$1.ts") },
  ],
};
const ofEach = {
  setupFiles: ["test/support/unit.ts"],
  // A test in which no assertion ran has not tested anything.
  expect: { requireAssertions: true },
  testTimeout: 20_000,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    globalSetup: ["test/support/temporary-files.ts", "test/support/generated.ts"],
    // One for each core, where the default leaves one core idle: it is much on two, and vitest itself needs little.
    maxWorkers: "100%",
    projects: [
      {
        plugins,
        resolve,
        // Files share processes, so each has to undo what it changes in its own. To import the program anew takes longer than most files.
        test: { ...ofEach, name: "tests", include: files, exclude: [...exclude, ...alone], isolate: false },
      },
      { plugins, resolve, test: { ...ofEach, name: "alone", include: alone, exclude } },
    ],
  },
});
