/** Takes operations as JSON only, beside those over GET, and answers in JSON only. A page of any origin may send forms and plain text
 *  without asking; JSON it may not, for that needs a CORS preflight, and none succeeds. */
import { GraphQLError } from "graphql";
import type { Plugin } from "graphql-yoga";
import { acceptedJson, isJson } from "./media-types.js";

const notJson = "This is not JSON: neither the body of a POST, nor `variables` and `extensions` of a GET, may be anything else.";
const noSuchParameter = "A request has no parameter of such a name: send `query`, `variables`, `operationName` and `extensions`.";
const longestName = 100;

export const jsonPlugin: Plugin = {
  onRequestParse({ request, requestParser, setRequestParser, endResponse, fetchAPI }) {
    if (acceptedJson(request.headers.get("accept") ?? undefined) === undefined) {
      endResponse(new fetchAPI.Response(null, { status: 406 }));
    } else if (request.method === "POST" && !isJson(request.headers.get("content-type") ?? undefined)) {
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
