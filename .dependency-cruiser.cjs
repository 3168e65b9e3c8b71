/** The direction of imports, one way, top to bottom:
 *
 *    config → upstream → shared → catalogue → { media → locker, basket } → purchase          upstream, shared → account
 *    slices' loaders → graph/context → graph/builder → slices' *.graph.ts → graph/schema → server → main
 *    sandbox: an island
 *
 *  A slice has two halves. The lower one (decoders, endpoints, loaders) feeds graph/context; the upper one (refs.ts, *.graph.ts and what
 *  only they use) stands on graph/builder. test/house/dependency-direction.test.ts shows each rule biting. */

const lowerHalf = ["/endpoints/", "/decoders[.]ts$", "loaders?[.]ts$"];
const upperHalf = ["[.]graph[.]ts$", "/refs[.]ts$"];

/** What each layer may import besides itself, among the layers of the first line. */
const mayImport = {
  config: [],
  upstream: ["config"],
  shared: ["config", "upstream"],
  catalogue: ["config", "upstream", "shared"],
  media: ["config", "upstream", "shared", "catalogue"],
  basket: ["config", "upstream", "shared", "catalogue"],
  locker: ["config", "upstream", "shared", "catalogue", "media"],
  purchase: ["config", "upstream", "shared", "catalogue", "media", "basket", "locker"],
  account: ["config", "upstream", "shared"],
};
const layers = Object.keys(mayImport);
const pathOf = (layer) => `^src/${layer}(/|[.]ts$)`;

const layerRules = layers.map((layer) => ({
  name: `${layer}-imports-only-what-is-above-it`,
  severity: "error",
  from: { path: pathOf(layer) },
  to: { path: `^src/(${layers.filter((other) => other !== layer && !mayImport[layer].includes(other)).join("|")})(/|[.]ts$)` },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...layerRules,
    {
      name: "upstream-and-config-know-no-graph",
      severity: "error",
      from: { path: "^src/(config[.]ts$|upstream/)" },
      to: { path: "^src/graph/" },
    },
    {
      name: "lower-half-knows-no-graph",
      severity: "error",
      from: { path: lowerHalf, pathNot: "^(src/sandbox|node_modules)/" },
      to: { path: ["^src/graph/", ...upperHalf] },
    },
    {
      name: "context-comes-before-builder",
      comment: "Neither graph/context nor anything it stands on knows the builder or what is built with it.",
      severity: "error",
      from: { path: "^src/graph/context[.]ts$" },
      to: { path: ["^src/graph/builder[.]ts$", ...upperHalf], reachable: true },
    },
    {
      name: "graph-below-its-schema-knows-no-types",
      severity: "error",
      from: { path: "^src/graph/", pathNot: "^src/graph/schema[.]ts$" },
      to: { path: [...upperHalf, "^src/graph/schema[.]ts$"] },
    },
    {
      name: "types-are-not-told-what-schema-they-are-in",
      severity: "error",
      from: { path: upperHalf },
      to: { path: "^src/graph/schema[.]ts$" },
    },
    {
      name: "only-main-imports-server",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(server/|main[.]ts$)" },
      to: { path: "^src/server/" },
    },
    { name: "nothing-imports-main", severity: "error", from: {}, to: { path: "^src/main[.]ts$" } },
    {
      name: "sandbox-imports-nothing-of-ours",
      comment: "An oracle that shares code with what it checks proves nothing.",
      severity: "error",
      from: { path: "^src/sandbox/" },
      to: { path: "^(src|test|scripts|schema)/", pathNot: "^src/sandbox/" },
    },
    {
      name: "only-main-starts-the-sandbox",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(sandbox/|main[.]ts$)" },
      to: { path: "^src/sandbox/" },
    },
    {
      name: "src-imports-only-src",
      comment: "Tests, scripts and the printed contract stand on the code, never under it.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(test|scripts|schema|docs)/" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphans",
      comment: "src/redirects.ts is for shops' own pages; nothing in here needs it.",
      severity: "error",
      from: { orphan: true, path: "^src/", pathNot: ["[.]d[.]ts$", "^src/redirects[.]ts$"] },
      to: {},
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "declared-for-run-time",
      comment: "src runs after `npm ci --omit=dev`.",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
  },
};
