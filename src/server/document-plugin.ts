/** Bounds what a document may ask for before anything is done with it, and what may be answered of its mistakes. Those that are
 *  valid are kept, parsed, in a memory that is bounded by their tokens. */
import { GraphQLError, parse, validate, type DocumentNode, type ParseOptions } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { Config, Limits, Profile } from "../config.js";
import { at, fewErrors, mostErrors } from "../graph/error-bounds.js";
import { presentError } from "../graph/errors.js";
import { fewMutations } from "../graph/one-purchase.js";
import { createGatewayCheck, createTrustCheck, type Header } from "./credentials.js";
import { documentCheck, limitError } from "./document-limits.js";
import type { DocumentMemory } from "./document-memory.js";

type DocumentOptions = Pick<Config, "limits" | "profile" | "gatewaySecret" | "operatorSecret">;

interface RequestContext {
  readonly request: Request;
}

/** @param report Told of failures nobody foresaw. */
export function documentPlugin(options: DocumentOptions, memory: DocumentMemory, report: (error: unknown) => void): Plugin<RequestContext> {
  const { limits, profile } = options;
  const isGateway = createGatewayCheck(options.gatewaySecret);
  const isTrusted = createTrustCheck(options);
  const check = checksBy(limits, profile);
  const parseFewTokens = (source: Parameters<typeof parse>[0], options?: ParseOptions): DocumentNode =>
    parse(source, { ...options, maxTokens: limits.tokens });
  const validateBriefly: typeof validate = (schema, document, rules, options) =>
    validate(schema, document, rules, { ...options, maxErrors: mostErrors });

  return {
    onParams({ params: { query } }) {
      // What is no text Yoga refuses.
      if (typeof query !== "string" || Buffer.byteLength(query) <= limits.documentBytes) return;
      throw limitError("DOCUMENT_TOO_LARGE", `Send at most ${String(limits.documentBytes)} bytes as a document.`);
    },

    onParse({ setParseFn, context: { request } }) {
      setParseFn(parseFewTokens);
      const header: Header = (name) => request.headers.get(name);
      // Thrown here and not given as what parsing came to: that Yoga would keep.
      return ({ result }) => {
        if (result instanceof Error) throw refusalOf(result, limits);
        check(result as DocumentNode, { gateway: isGateway(header), trusted: isTrusted(header) });
      };
    },

    onValidate({ setValidationFn, addValidationRule, params: { documentAST } }) {
      setValidationFn(validateBriefly);
      addValidationRule(fewMutations(limits.mutations));
      return ({ valid }) => {
        if (valid) memory.keep(documentAST as DocumentNode);
      };
    },

    onExecutionResult(payload) {
      const { request, result } = payload;
      if (result === undefined || !("errors" in result)) return;
      // graphql-js gives its own errors no code, and some come neither from validation nor from a resolver: @include of a variable that is null.
      const told = result.errors.map((error) => (error.extensions["code"] === undefined ? presentError(error, report) : error));
      const errors = fewErrors(profile === "locked" ? told.map(withoutSuggestion) : told);
      payload.setResult({ ...result, errors: wantsPlainJson(request.headers.get("accept")) ? errors : errors.map(asBadRequest) });
    },
  };
}

/** The check of a document, by who sends it. */
function checksBy(limits: Limits, profile: Profile) {
  const open = profile === "open";
  const everybodys = documentCheck({ ...limits, introspection: open });
  const operators = open ? everybodys : documentCheck({ ...limits, introspection: true });
  const most = limits.gatewayAliases;
  const gateways = documentCheck({ ...limits, aliases: most, rootFields: most, introspection: true });
  return (document: DocumentNode, { gateway, trusted }: { readonly gateway: boolean; readonly trusted: boolean }): void => {
    if (gateway) gateways(document);
    else if (trusted) operators(document);
    else everybodys(document);
  };
}

/** graphql-js gives its own refusal no code, and puts values into each other until there is no stack left. */
function refusalOf(error: Error, { tokens }: Limits): Error {
  if (error instanceof RangeError) return limitError("DEPTH_LIMIT", "Nest values less deep.");
  if (!error.message.startsWith("Syntax Error: Document contains more tha")) return unreadable(error);
  return limitError("TOKEN_LIMIT", `Send at most ${String(tokens)} names, values and signs in a document.`);
}

function unreadable(error: Error): Error {
  if (!(error instanceof GraphQLError)) return error;
  // Yoga's `spec` means that clients of plain JSON are told so with 200.
  const extensions = { ...error.extensions, code: "GRAPHQL_PARSE_FAILED", http: { status: 400, spec: true } };
  return new GraphQLError(error.message, { ...at(error), extensions });
}

/** Of names in the schema, which are told to nobody who may not read it. */
function withoutSuggestion(error: GraphQLError): GraphQLError {
  const { message, extensions, originalError = null } = error;
  const bare = message.replace(/ Did you mean .*$/s, "");
  return bare === message ? error : new GraphQLError(bare, { ...at(error), originalError, extensions });
}

/** To such clients GraphQL over HTTP says with 200 that a document is not valid. */
function wantsPlainJson(accept: string | null): boolean {
  return accept !== null && accept.includes("application/json") && !accept.includes("application/graphql-response+json");
}

/** Yoga's `spec` means: as above. */
function asBadRequest(error: GraphQLError): GraphQLError {
  const { message, extensions, originalError = null } = error;
  const { http } = extensions;
  if (http?.spec !== true) return error;
  return new GraphQLError(message, { ...at(error), originalError, extensions: { ...extensions, http: { ...http, spec: false } } });
}
