/** graphql-yoga as its first page of documentation sets it up, with one field and no setting changed.
 *  Plain JavaScript, so that it runs as the built server does: with no loader in its process. */
import { createServer } from "node:http";
import { createSchema, createYoga } from "graphql-yoga";

const schema = createSchema({ typeDefs: "type Query { hello: String! }", resolvers: { Query: { hello: () => "world" } } });
const server = createServer(createYoga({ schema }));

server.listen(0, "127.0.0.1", () => console.log(`yoga on http://127.0.0.1:${server.address().port}/graphql`));
