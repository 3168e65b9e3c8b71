/** The floor of any GraphQL server on node:http: reads the body, parses it as JSON, finds the query in a Map, answers constant bytes.
 *  Plain JavaScript, so that it runs as the built server does: with no loader in its process. */
import { Buffer } from "node:buffer";
import { createServer } from "node:http";

const [query = ""] = process.argv.slice(2);
const answers = new Map([[query, Buffer.from(JSON.stringify({ data: { artist: { name: "Keane" } } }))]]);

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const answer = answers.get(JSON.parse(Buffer.concat(chunks).toString()).query);
    if (answer === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": "application/json; charset=utf-8", "content-length": answer.length }).end(answer);
  });
});

server.listen(0, "127.0.0.1", () => console.log(`floor on http://127.0.0.1:${server.address().port}/graphql`));
