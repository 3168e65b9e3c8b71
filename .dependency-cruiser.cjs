/** Which room of src/ may import which. Nothing is allowed that is not listed here; each room's README.md repeats its line.
 *  test/conformance/architecture/dependency-direction.test.ts shows that every rule rejects what it should. */

const below = ["formats", "config", "upstream", "shared"];
const kernel = [...below, "graph"];

/** By room: what it may import besides itself. */
const mayImport = {
  formats: [],
  config: ["formats"],
  upstream: ["formats", "config"],
  shared: ["formats", "config", "upstream"],
  graph: below,
  catalogue: kernel,
  media: [...kernel, "catalogue"],
  basket: [...kernel, "catalogue"],
  locker: [...kernel, "catalogue", "media"],
  purchase: [...kernel, "catalogue", "media", "basket", "locker"],
  account: kernel,
  service: kernel,
  federation: [...kernel, "catalogue"],
  client: below,
  operation: kernel,
  http: [...kernel, "operation"],
  agents: [...kernel, "operation", "http"],
  embedding: [...kernel, "operation", "http"],
  telemetry: [...below, "operation"],
  processes: [...below, "telemetry"],
  redis: [...below, "telemetry"],
  app: [
    ...kernel,
    ...["catalogue", "media", "basket", "locker", "purchase", "account", "service", "federation"],
    ...["operation", "http", "agents", "embedding", "telemetry", "redis"],
  ],
  entries: ["config", "embedding", "app", "processes", "sandbox"],
  // An oracle that shares code with what it checks proves nothing.
  sandbox: [],
};
const slices = "(catalogue|media|basket|locker|purchase|account|service)";
const graphql = "node_modules/(graphql|graphql-yoga|@graphql-yoga|@graphql-tools|@pothos)/";
const graphFiles = ["[.]graph[.]ts$", "/refs[.]ts$"];

/** By room: files of other rooms that it may import besides, and how its README.md names them. */
const alsoImports = {
  client: { named: "endpoints of the slices", path: `^src/${slices}/endpoints(/|[.]ts$)` },
};

const error = { severity: "error" };

function roomRule(room) {
  const also = alsoImports[room];
  const rooms = `^src/(${[room, ...mayImport[room]].join("|")})/`;
  const to = { path: "^src/", pathNot: also ? [rooms, also.path] : rooms };
  const named = [...mayImport[room], ...(also ? [also.named] : [])];
  return {
    ...error,
    name: room,
    comment: `May import: ${named.join(", ") || "nothing"}.`,
    from: { path: `^src/${room}/` },
    to,
  };
}

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.keys(mayImport).map(roomRule),
    {
      ...error,
      name: "main",
      from: { path: "^src/main[.]ts$" },
      to: { path: "^src/", pathNot: "^src/(app|config|entries|sandbox)/" },
    },
    {
      ...error,
      name: "redirects",
      comment: "It is published by itself, for shops' own pages, and runs in browsers.",
      from: { path: "^src/redirects[.]ts$" },
      to: {},
    },
    {
      ...error,
      name: "no-graphql-below-the-graph",
      from: { path: `^src/(${below.join("|")})/` },
      to: { path: graphql },
    },
    {
      ...error,
      name: "domain-files-know-no-graphql",
      comment: "Rules of a slice run without GraphQL; its *.graph.ts files and refs.ts translate.",
      from: { path: `^src/${slices}/`, pathNot: graphFiles },
      to: { path: [graphql, "^src/graph/", ...graphFiles] },
    },
    {
      ...error,
      name: "client-without-graphql",
      comment: "It is for people who do not use GraphQL, and do not install it.",
      from: { path: "^src/client/" },
      to: { path: graphql, reachable: true },
    },
    {
      ...error,
      name: "only-its-adapter-knows-yoga",
      from: { path: "^src/", pathNot: "^src/(operation/yoga|http/graphiql)/" },
      to: { path: "node_modules/(graphql-yoga|@graphql-yoga)/" },
    },
    {
      ...error,
      name: "only-agents-know-their-protocol",
      comment: "It is loaded with the first request of an agent.",
      from: { path: "^src/", pathNot: "^src/agents/mcp-protocol[.]ts$" },
      to: { path: "@modelcontextprotocol/" },
    },
    {
      ...error,
      name: "only-redis-knows-its-client",
      comment: "It is loaded only where copies share a Redis.",
      from: { path: "^src/", pathNot: "^src/redis/" },
      to: { path: "node_modules/(ioredis|rate-limiter-flexible)/" },
    },
    {
      ...error,
      name: "src-imports-only-src",
      comment: "Tests, scripts and the printed contract stand on the code, never under it.",
      from: { path: "^src/" },
      to: { path: "^(test|scripts|schema|docs)/" },
    },
    { ...error, name: "no-cycles", from: {}, to: { circular: true } },
    {
      ...error,
      name: "no-orphans",
      comment: "src/redirects.ts is for shops' own pages; nothing in here needs it.",
      from: { orphan: true, path: "^src/", pathNot: ["[.]d[.]ts$", "^src/redirects[.]ts$"] },
      to: {},
    },
    { ...error, name: "resolvable", from: {}, to: { couldNotResolve: true } },
    {
      ...error,
      name: "declared-for-run-time",
      comment: "src runs after `npm ci --omit=dev`, which installs the peer dependency graphql.",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], pathNot: "node_modules/graphql/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"] },
  },
};
