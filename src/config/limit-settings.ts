/** Settings: what one request, one caller and one process may take. */
import { numberSetting, optionalSetting } from "./setting.js";
import { wholeNumber } from "./setting-values.js";

export const limitSettings = {
  bodyBytes: numberSetting("LIMIT_BODY_BYTES", 100_000, [1000, 10_000_000], "Most bytes of a request's body."),
  documentBytes: numberSetting("LIMIT_DOCUMENT_BYTES", 16_384, [100, 1_000_000], "Most bytes of an operation's document."),
  tokens: numberSetting("LIMIT_TOKENS", 2000, [10, 100_000], "Most tokens of a document."),
  jsonValues: numberSetting("LIMIT_JSON_VALUES", 2500, [100, 1_000_000], "Most values in the JSON of a request, and of its variables."),
  depth: numberSetting("LIMIT_DEPTH", 15, [2, 100], "Deepest nesting of fields, introspection apart."),
  aliases: numberSetting("LIMIT_ALIASES", 30, [0, 10_000], "Most aliases of a document."),
  gatewayDocumentBytes: numberSetting(
    "LIMIT_GATEWAY_DOCUMENT_BYTES",
    100_000,
    [100, 1_000_000],
    "LIMIT_DOCUMENT_BYTES for your gateway, which merges operations.",
  ),
  gatewayTokens: numberSetting("LIMIT_GATEWAY_TOKENS", 20_000, [10, 100_000], "LIMIT_TOKENS for your gateway."),
  gatewayJsonValues: numberSetting("LIMIT_GATEWAY_JSON_VALUES", 10_000, [100, 1_000_000], "LIMIT_JSON_VALUES for your gateway."),
  gatewayAliases: numberSetting(
    "LIMIT_GATEWAY_ALIASES",
    200,
    [0, 10_000],
    "LIMIT_ALIASES, LIMIT_ROOT_FIELDS and LIMIT_DIRECTIVES for your gateway.",
  ),
  gatewayUpstreamCalls: numberSetting("LIMIT_GATEWAY_UPSTREAM_CALLS", 500, [1, 10_000], "LIMIT_UPSTREAM_CALLS for your gateway."),
  representations: numberSetting("LIMIT_REPRESENTATIONS", 500, [1, 10_000], "Most different entities that a gateway may ask for at once."),
  rootFields: numberSetting("LIMIT_ROOT_FIELDS", 20, [1, 1000], "Most fields of a query at its root."),
  mutations: numberSetting("LIMIT_MUTATIONS", 5, [1, 100], "Most mutations of an operation; of those that spend money there may be one."),
  directives: numberSetting("LIMIT_DIRECTIVES", 20, [0, 1000], "Most directives of a document."),
  upstreamCalls: numberSetting("LIMIT_UPSTREAM_CALLS", 125, [1, 10_000], "Most calls to 7digital that one operation may cost."),
  operationMs: numberSetting("LIMIT_OPERATION_MS", 15_000, [100, 120_000], "Milliseconds for an operation; longer when it spends money."),
  operationsPerMinute: optionalSetting(
    "LIMIT_OPERATIONS_PER_MINUTE",
    wholeNumber(0, 1_000_000),
    "Operations a minute of one caller without credentials; 0 for no limit. 60, or 0 in the profile `open`.",
  ),
  purchasesPerMinute: numberSetting("LIMIT_PURCHASES_PER_MINUTE", 5, [0, 1_000_000], "Purchases a minute of one user; 0 for no limit."),
  vouchersPerMinute: numberSetting(
    "LIMIT_VOUCHERS_PER_MINUTE",
    5,
    [0, 1_000_000],
    "Vouchers tried a minute by one caller; 0 for no limit.",
  ),
  passwordsPerMinute: numberSetting(
    "LIMIT_PASSWORDS_PER_MINUTE",
    10,
    [0, 1_000_000],
    "Passwords tried a minute for one user name; 0 for no limit.",
  ),
  subscriptions: numberSetting("LIMIT_SUBSCRIPTIONS", 200, [0, 100_000], "Most subscriptions at once. Each holds a connection."),
  subscriptionsPerUser: numberSetting("LIMIT_SUBSCRIPTIONS_PER_USER", 10, [0, 100_000], "Most of them of one user."),
  sockets: numberSetting("LIMIT_SOCKETS", 500, [1, 100_000], "Most connections of clients at once."),
  socketsPerClient: numberSetting(
    "LIMIT_SOCKETS_PER_CLIENT",
    100,
    [0, 100_000],
    "Most of them of one address, and most of its requests at once behind TRUSTED_PROXIES; 0 for no limit.",
  ),
};
