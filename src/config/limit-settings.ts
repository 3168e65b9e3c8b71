/** Settings: what one request, one caller and one process may take. */
import { optionalSetting, setting } from "./setting.js";
import { wholeNumber } from "./setting-values.js";

export const limitSettings = {
  bodyBytes: setting("LIMIT_BODY_BYTES", {
    description: "Most bytes of a request's body.",
    fallback: "100000",
    value: wholeNumber(1000, 10_000_000),
  }),
  documentBytes: setting("LIMIT_DOCUMENT_BYTES", {
    description: "Most bytes of an operation's document.",
    fallback: "16384",
    value: wholeNumber(100, 1_000_000),
  }),
  tokens: setting("LIMIT_TOKENS", { description: "Most tokens of a document.", fallback: "2000", value: wholeNumber(10, 100_000) }),
  depth: setting("LIMIT_DEPTH", {
    description: "Deepest nesting of fields, introspection apart.",
    fallback: "15",
    value: wholeNumber(2, 100),
  }),
  aliases: setting("LIMIT_ALIASES", { description: "Most aliases of a document.", fallback: "30", value: wholeNumber(0, 10_000) }),
  gatewayAliases: setting("LIMIT_GATEWAY_ALIASES", {
    description: "The same for your gateway.",
    fallback: "200",
    value: wholeNumber(0, 10_000),
  }),
  rootFields: setting("LIMIT_ROOT_FIELDS", {
    description: "Most fields of a query at its root.",
    fallback: "20",
    value: wholeNumber(1, 1000),
  }),
  mutations: setting("LIMIT_MUTATIONS", {
    description: "Most mutations of an operation; of those that spend money there may be one.",
    fallback: "5",
    value: wholeNumber(1, 100),
  }),
  directives: setting("LIMIT_DIRECTIVES", { description: "Most directives of a document.", fallback: "20", value: wholeNumber(0, 1000) }),
  upstreamCalls: setting("LIMIT_UPSTREAM_CALLS", {
    description: "Most calls to 7digital that one operation may cost.",
    fallback: "125",
    value: wholeNumber(1, 10_000),
  }),
  operationMs: setting("LIMIT_OPERATION_MS", {
    description: "Milliseconds for an operation; one that spends money has what that takes besides.",
    fallback: "15000",
    value: wholeNumber(100, 120_000),
  }),
  operationsPerMinute: optionalSetting("LIMIT_OPERATIONS_PER_MINUTE", {
    description: "Operations a minute of one caller without credentials; 0 for no bound. 60, or 0 in the profile `open`.",
    value: wholeNumber(0, 1_000_000),
  }),
  purchasesPerMinute: setting("LIMIT_PURCHASES_PER_MINUTE", {
    description: "Purchases a minute of one user; 0 for no bound.",
    fallback: "5",
    value: wholeNumber(0, 1_000_000),
  }),
  vouchersPerMinute: setting("LIMIT_VOUCHERS_PER_MINUTE", {
    description: "Vouchers a minute that one caller may try; 0 for no bound.",
    fallback: "5",
    value: wholeNumber(0, 1_000_000),
  }),
  sockets: setting("LIMIT_SOCKETS", {
    description: "Most connections of clients at once.",
    fallback: "500",
    value: wholeNumber(1, 100_000),
  }),
  socketsPerClient: setting("LIMIT_SOCKETS_PER_CLIENT", {
    description: "Most of them of one address, and most of its requests at once behind TRUSTED_PROXIES; 0 for no bound.",
    fallback: "100",
    value: wholeNumber(0, 100_000),
  }),
};
