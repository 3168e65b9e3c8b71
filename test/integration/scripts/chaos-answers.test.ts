/** `npm run chaos` judges every answer, whatever it is: of reads of the catalogue and of purchases. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Agent } from "undici";
import { expect, it } from "vitest";
import { Client } from "../../../scripts/chaos/client.js";
import { Readers } from "../../../scripts/chaos/reads.js";
import { Reports } from "../../../scripts/chaos/reports.js";

it.each([
  ["plain text", 500, "text/plain", "Internal Server Error"],
  ["JSON that is no object", 200, "application/json", "null"],
  ["errors", 200, "application/json", '{"errors":[{"message":"no"}],"data":null}'],
])("takes an answer of %s for a failed read and a bad answer, and goes on", async (_, status, type, text) => {
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
  const read = asked;
  const reports = new Reports();
  server.prependListener("request", ({ headers }) => {
    reports.take(JSON.stringify({ time: new Date().toISOString(), requestId: headers["x-request-id"], msg: "operation" }));
  });
  const client = new Client({ url: () => url, reports: reports }, "user", connections);
  const said = await client.ask("a-key-of-no-purchase", { key: "main", facade: 0 });
  await connections.destroy();
  server.close();
  expect(readers.counts.failed).toBe(read);
  expect(readers.details[0]).toContain(`HTTP ${String(status)} ${text}, not {"nodes":[{"id":"release:`);
  expect(said.answer.kind).toBe("bad");
});
