/** The floors of any server on node:http. `get` answers constant bytes. `post` is the least that a GraphQL server can do: it reads the body, parses
 *  it as JSON, finds the query in a Map and answers the bytes kept there. `post-headers` sends our response headers as well.
 *  Plain JavaScript, so that it runs as the built server does: with no loader in its process. */
import { Buffer } from "node:buffer";
import { createServer } from "node:http";

const [kind = "post", query = "", answer = ""] = process.argv.slice(2);
const answers = new Map([[query, Buffer.from(answer)]]);
const ours = {
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cross-Origin-Resource-Policy": "same-origin",
};
const headers = { ...(kind === "post-headers" ? ours : {}), "Content-Type": "application/json; charset=utf-8" };

function respond(response, body) {
  response.writeHead(200, { ...headers, "Content-Length": body.length }).end(body);
}

const constant = Buffer.from(answer);
const server = createServer((request, response) => {
  if (kind === "get") return respond(response, constant);
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = answers.get(JSON.parse(Buffer.concat(chunks).toString()).query);
    if (body === undefined) response.writeHead(404).end();
    else respond(response, body);
  });
});

server.listen(0, "127.0.0.1", () => console.log(`floor on http://127.0.0.1:${server.address().port}/graphql`));
