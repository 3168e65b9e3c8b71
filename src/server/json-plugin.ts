/** Takes operations as JSON only, beside those over GET, and answers in JSON only. A page of any origin may send forms and plain text
 *  without asking; JSON it may not, for that needs a CORS preflight, and none succeeds. */
import { GraphQLError } from "graphql";
import type { Plugin } from "graphql-yoga";

const json = /^application\/(?:graphql\+)?json *(?:;|$)/i;

/** Beside JSON, Yoga would answer in streams; and it looks when all is done. */
const jsonAccepted = /^(?:\*|application)\/(?:\*|json|graphql-response\+json)(?:;(?!.*charset=(?!utf-8(?:;|$))).*)?$/;

const notJson = "This is not JSON: neither the body of a POST, nor `variables` and `extensions` of a GET, may be anything else.";
const noSuchParameter = "A request has no parameter of such a name: send `query`, `variables`, `operationName` and `extensions`.";
const longestName = 100;

function acceptsJson(accept: string): boolean {
  const types = accept.toLowerCase().replace(/\s/g, "");
  return types === "" || types.split(",").some((type) => jsonAccepted.test(type));
}

export const jsonPlugin: Plugin = {
  onRequestParse({ request, requestParser, setRequestParser, endResponse, fetchAPI }) {
    if (!acceptsJson(request.headers.get("accept") ?? "")) {
      endResponse(new fetchAPI.Response(null, { status: 406 }));
    } else if (request.method === "POST" && !json.test(request.headers.get("content-type") ?? "")) {
      endResponse(new fetchAPI.Response(null, { status: 415 }));
    } else if (requestParser !== undefined) {
      setRequestParser(async (read) => {
        try {
          const parameters = await requestParser(read);
          // Yoga's own error repeats the name.
          if (Object.keys(parameters).some((name) => name.length > longestName)) throw badRequest(noSuchParameter);
          return parameters;
        } catch (error) {
          throw toldByYoga(error) ? error : badRequest(notJson);
        }
      });
    }
  },
};

/** An `originalError` is JSON.parse's, whose message repeats what was sent; from a GET it comes bare. */
function toldByYoga(error: unknown): boolean {
  return error instanceof GraphQLError && error.extensions["originalError"] === undefined;
}

function badRequest(advice: string): GraphQLError {
  return new GraphQLError(advice, { extensions: { code: "BAD_REQUEST", http: { status: 400 } } });
}
