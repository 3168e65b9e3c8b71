/** HTTP/1.1 requests as text, for the raw sockets of the load generator. */

const host = "Host: 127.0.0.1";
const accept = "Accept: application/json";

/** A GraphQL request by POST. `variables` is left out of the body where it is undefined. */
export function post(query: string, variables?: object): string {
  return postOf(JSON.stringify({ query, variables }));
}

/** @param body JSON. */
export function postOf(body: string): string {
  const head = `POST /graphql HTTP/1.1\r\n${host}\r\n${accept}\r\nContent-Type: application/json`;
  return `${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** @param target Path and query. */
export function get(target: string): string {
  return `GET ${target} HTTP/1.1\r\n${host}\r\n${accept}\r\n\r\n`;
}
