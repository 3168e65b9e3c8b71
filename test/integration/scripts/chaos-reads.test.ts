/** `npm run chaos` reads the catalogue: whatever an answer is, it is judged. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Agent } from "undici";
import { expect, it } from "vitest";
import { Readers } from "../../../scripts/chaos/reads.js";

it.each([
  ["plain text", 500, "text/plain", "Internal Server Error"],
  ["JSON that is no object", 200, "application/json", "null"],
  ["errors", 200, "application/json", '{"errors":[{"message":"no"}],"data":null}'],
])("counts an answer of %s as a failed read, and goes on", async (_, status, type, text) => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(status, { "content-type": type }).end(text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/graphql`;
  const connections = new Agent();
  const readers = new Readers({ count: 1, life: () => 1, url: () => url }, connections, 7);
  readers.begin(1);
  while (asked < 3) await wait(10);
  await readers.end();
  await connections.destroy();
  server.close();
  expect(readers.counts.failed).toBe(asked);
  expect(readers.details[0]).toContain(`HTTP ${String(status)} ${text}, not {"nodes":[{"id":"release:`);
});
