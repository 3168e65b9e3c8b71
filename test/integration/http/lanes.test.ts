/** Requests that are written badly, oddly or hardly ever, as bytes on a socket: a server that reads usual ones at once answers them all like one
 *  that lets Yoga read everything. test/oracle/lanes.test.ts does the same with generated ones. */
import { createHash } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";
import { dial, untilClosed } from "../../support/raw-client.js";

const document = "query Where { storeContext { country } }";
const sha256 = createHash("sha256").update(document).digest("hex");
const persisted = JSON.stringify({ persistedQuery: { version: 1, sha256Hash: sha256 } });
const search = (parameters: Readonly<Record<string, string>>) => `?${new URLSearchParams(parameters).toString()}`;
const byHash = search({ documentId: sha256 });
const body = JSON.stringify({ query: document });
const json = ["Content-Type: application/json"];
const times = 3;

interface Row {
  readonly method?: string;
  /** What follows the path. */
  readonly search?: string;
  readonly headers?: readonly string[];
  readonly body?: string | Uint8Array;
  readonly version?: string;
}

const bodies: Readonly<Record<string, string | Uint8Array>> = {
  "an operation": body,
  nothing: "",
  blanks: "  \n ",
  "an operation among blanks": `\n ${body}\t `,
  "a byte order mark": `\ufeff${body}`,
  "a list": "[]",
  "a list of operations": `[${body},${body}]`,
  null: "null",
  true: "true",
  "a number": "1",
  "a string": JSON.stringify(body),
  "an object of nothing": "{}",
  "half an object": body.slice(0, -1),
  "something behind it": `${body} x`,
  "two operations": body + body,
  NaN: `{"query":"{ __typename }","variables":NaN}`,
  "single quotes": `{'query':'{ __typename }'}`,
  "no UTF-8": Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d),
  "UTF-16": Buffer.from(body, "utf16le"),
  "a NUL": `{"query":"{ __typename }\\u0000"}`,
  "half a surrogate pair": `{"query":"{ __typename }","operationName":"\\ud800"}`,
  "a document of half a surrogate pair": `{"query":"{ artist(id: \\"\\ud800\\") { name } }"}`,
  "a key twice": `{"query":"{ nothing }","query":${JSON.stringify(document)}}`,
  "variables twice": `{"query":"query ($id: ID!) { artist(id: $id) { artistId } }","variables":{},"variables":{"id":"1"}}`,
  "__proto__ with the query": `{"__proto__":{"query":"{ __typename }"}}`,
  "__proto__ beside the query": `{"query":"{ __typename }","__proto__":{"operationName":"No"}}`,
  "__proto__ null": `{"query":"{ __typename }","__proto__":null}`,
  "__proto__ in variables": `{"query":"query ($id: ID!) { artist(id: $id) { artistId } }","variables":{"__proto__":{"id":"1"}}}`,
  "__proto__ in extensions": `{"extensions":{"__proto__":{"persistedQuery":{"version":1,"sha256Hash":"${sha256}"}}}}`,
  constructor: `{"query":"{ __typename }","constructor":{"prototype":{}}}`,
  toString: `{"query":"{ __typename }","toString":"x"}`,
  "an unknown parameter": `{"query":"{ __typename }","id":"1"}`,
  "an unknown parameter that is null": `{"query":"{ __typename }","id":null}`,
  "a map and operations": `{"operations":${JSON.stringify(body)},"map":{}}`,
  ...Object.fromEntries(
    ["query", "variables", "operationName", "extensions", "documentId"].flatMap((name) =>
      ["null", `""`, `"x"`, "1", "true", "[]", "{}", "[1]"].map((value) => [
        `${name} of ${value}`,
        name === "query" ? `{"query":${value}}` : `{"query":${JSON.stringify(document)},"${name}":${value}}`,
      ]),
    ),
  ),
  "a hash": `{"documentId":"${sha256}"}`,
  "a hash with its algorithm": `{"documentId":"sha256:${sha256}"}`,
  "another hash": `{"documentId":"x"}`,
  "a hash of Apollo's": `{"extensions":${persisted}}`,
  "a document and its hash": `{"query":${JSON.stringify(document)},"extensions":${persisted}}`,
  "a document and another's hash": `{"query":"{ __typename }","extensions":${persisted}}`,
  "a document and documentId": `{"query":"{ __typename }","documentId":"${sha256}"}`,
  "an empty document and documentId": `{"query":"","documentId":"${sha256}"}`,
  "two hashes": `{"documentId":"x","extensions":${persisted}}`,
  "too deep": `{"query":"{ __typename }","variables":{"a":${"[".repeat(30)}${"]".repeat(30)}}}`,
  "too many values": `{"query":"{ __typename }","variables":{"a":[${"1,".repeat(3000)}1]}}`,
  "very long": `{"query":"{ __typename }${" ".repeat(99_900)}"}`,
  "a long document": `{"query":"{ __typename }${" ".repeat(16_400)}"}`,
  "a mutation": `{"query":"mutation { nothing }"}`,
  "a subscription": `{"query":"subscription { purchaseAttempt(idempotencyKey: \\"never-seen-never-seen\\") { status } }"}`,
  introspection: `{"query":"{ __schema { queryType { name } } }"}`,
  "no such operation": `{"query":"query A { __typename } query B { __typename }","operationName":"C"}`,
  "a failing field": `{"query":"{ artist(id: \\"no id\\") { name } }"}`,
};

const searches: readonly string[] = [
  ...["", "?", "?&", "?=", "?x", "?query", "?query=", "?documentId", "?documentId=", "?%", "?%ZZ=1", "?__proto__=x", "?id=1"],
  ...[
    byHash,
    `?${byHash}`,
    `?&&${byHash.slice(1)}&`,
    `${byHash}&`,
    `${byHash}#x`,
    `${byHash}%00`,
    `${byHash}%`,
    `${byHash}+`,
    `?+documentId=${sha256}`,
  ],
  ...[`?documentid=${sha256}`, `?%64ocumentId=${sha256}`, `?documentId[]=${sha256}`, `?documentId=sha256:${sha256}`, `?documentId=x`],
  ...[`${byHash}&documentId=x`, `?documentId=x&documentId=${sha256}`, `?documentId=&documentId=${sha256}`],
  ...[
    `${byHash}&query=`,
    `${byHash}&query={__typename}`,
    `${byHash}&query`,
    `${byHash};query={__typename}`,
    `?query={__typename}`,
    `?query=%7B__typename%7D`,
  ],
  ...["{}", "[]", "null", "1", `"x"`, "{", "", "%", "+", " ", "{}+", `{"a":1}`, `{"__proto__":1}`, "[".repeat(30), "\u00e9"].flatMap(
    (value) =>
      ["variables", "extensions"].flatMap((name) => [
        `${byHash}&${name}=${value.replaceAll(" ", "%20")}`,
        `${byHash}&${name}=${encodeURIComponent(value)}`,
      ]),
  ),
  ...[`${byHash}&variables={}&variables=[]`, `${byHash}&variables=[]&variables={}`],
  ...["Where", "Other", "", "%00", "%E9", "null"].map((name) => `${byHash}&operationName=${name}`),
  ...[
    search({ extensions: persisted }),
    search({ extensions: persisted, documentId: "x" }),
    search({ extensions: persisted, query: document }),
  ],
  ...[`${byHash}&${"x=1&".repeat(100)}`, `${byHash}&x=${"y".repeat(3000)}`, `${byHash}&x=${"y".repeat(9000)}`],
  ...[`${byHash}&x=|\\"<>^\``, `${byHash}&x=\u00ff`, "/", `/${byHash}`, "%20", ";x"],
];

const types: readonly (readonly string[])[] = [
  ...[
    "application/json; charset=utf-8",
    "APPLICATION/JSON",
    "application/json;charset=latin1",
    "application/graphql+json",
    "application/json;",
  ],
  ...[
    "text/plain",
    "application/graphql",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json, text/plain",
    "",
    ";",
  ],
].map((type) => [`Content-Type: ${type}`]);
const oddHeaders: readonly (readonly string[])[] = [
  ...types,
  ["Content-Type: application/json", "Content-Type: text/plain"],
  ["Content-Type: text/plain", "Content-Type: application/json"],
  [],
  ...[
    ...[
      "Accept: ",
      "Accept: */*",
      "Accept: application/json;q=0",
      "Accept: text/html",
      "Accept: image/png",
      "Accept: text/event-stream",
      "Accept: ;;;",
    ],
    ...[
      "Accept: application/graphql-response+json",
      "Accept: APPLICATION/*",
      'Accept: application/json;charset="utf-8"',
      "Accept: application/json;q=x",
    ],
    ...["Content-Encoding: gzip", "Content-Encoding: identity", "Content-Encoding: ", "Expect: 100-continue", "Expect: something"],
    ...[
      "Origin: https://shop.example",
      "Origin: https://evil.example",
      "Origin: null",
      "Authorization: Bearer null",
      "Authorization: Bearer x",
    ],
    ...[
      "x-7d-country: DE",
      "x-7d-country: no country",
      "x-7d-country: ",
      "x-7d-shop-id: 34",
      "x-7d-shop-id: x",
      "x-7d-show-upstream: false",
    ],
    ...[
      "x-7d-gateway-secret: wrong",
      "x-7d-operator-secret: wrong",
      "x-7d-user-id: 1",
      "If-None-Match: *",
      'If-None-Match: "x"',
      "Cookie: a=b",
    ],
    ...[
      "graphql-require-preflight: 1",
      "x-http-method-override: PUT",
      "Upgrade: h2c",
      "TE: trailers",
      "Via: 1.1 x",
      `x-long: ${"y".repeat(5000)}`,
    ],
  ].map((header) => [...json, header]),
  [...json, "Accept: application/json", "Accept: text/html"],
  [...json, "Authorization: Bearer null", "Authorization: Bearer x"],
  [...json, "x-7d-country: DE", "x-7d-country: GB"],
];

const rows: readonly (readonly [string, Row])[] = [
  ...Object.entries(bodies).map(([what, content]) => [`a body of ${what}`, { method: "POST", headers: json, body: content }] as const),
  ...searches.map((text) => [`GET ${text.slice(0, 60)}`, { search: text }] as const),
  ...oddHeaders.map((headers) => [`POST with ${headers.join(", ").slice(0, 80)}`, { method: "POST", headers, body }] as const),
  ...oddHeaders.map((headers) => [`GET with ${headers.join(", ").slice(0, 80)}`, { search: byHash, headers }] as const),
  ...["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUERY", "get", "NONE"].flatMap((method) => [
    [`${method} of an operation`, { method, headers: json, body }] as const,
    [`${method} by hash`, { method, search: byHash }] as const,
  ]),
  ["a POST with parameters in its URL, too", { method: "POST", search: byHash, headers: json, body }],
  ["a POST with a document in its URL", { method: "POST", search: "?query={__typename}", headers: json, body: "{}" }],
  ["a GET with a body", { search: byHash, headers: json, body }],
  ["HTTP/1.0", { method: "POST", headers: json, body, version: "1.0" }],
  ["a GET by HTTP/1.0", { search: byHash, version: "1.0" }],
];

function bytesOf({ method = "GET", search: query = "", headers = [], body: content, version = "1.1" }: Row, close = true): Buffer {
  const sent = content === undefined ? undefined : Buffer.from(content);
  const lines = [
    `${method} /graphql${query} HTTP/${version}`,
    "Host: localhost",
    ...headers,
    ...(sent === undefined ? [] : [`Content-Length: ${String(sent.length)}`]),
    ...(close ? ["Connection: close"] : []),
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), sent ?? Buffer.alloc(0)]);
}

/** Everything that comes, without the time. */
async function answerOf(facade: Facade, bytes: Buffer): Promise<string> {
  const socket = dial(facade);
  socket.write(bytes);
  const { answer } = await untilClosed(socket);
  return answer.replaceAll(/\r\nDate: [^\r]*/g, "");
}

describe.each(["open", "locked"])("in the profile %s", (PROFILE) => {
  let fast: Facade;
  let yoga: Facade;
  beforeAll(async () => {
    const file = join(mkdtempSync(join(tmpdir(), "lanes-")), "operations.json");
    writeFileSync(file, JSON.stringify({ [sha256]: document }));
    const start = (FAST_LANE: string): Promise<Facade> =>
      startFacade({
        environment: {
          ...{ FAST_LANE, PROFILE, PERSISTED_OPERATIONS: file, ALLOWED_ORIGINS: "https://shop.example", LIMIT_SOCKETS_PER_CLIENT: "0" },
          ...{ OPERATOR_SECRET: "operator-secret-of-32-characters", GATEWAY_SECRET: "gateway-secret-of-32-characters" },
          LIMIT_OPERATIONS_PER_MINUTE: "0",
        },
      });
    [fast, yoga] = [await start("true"), await start("false")];
  });
  afterAll(async () => {
    await fast.close();
    await yoga.close();
  });

  it.each(rows)("%s", async (_what, row) => {
    const bytes = bytesOf(row);
    for (let time = 0; time < times; time += 1) {
      const answer = await answerOf(fast, bytes);
      expect(answer).toBe(await answerOf(yoga, bytes));
      expect(answer).toMatch(/^HTTP\/1\.1 [1-5]\d\d /);
    }
  });

  it("in chunks", async () => {
    const head = `POST /graphql HTTP/1.1\r\nHost: localhost\r\n${json.join("")}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`;
    const chunks = body.replaceAll(/./g, "1\r\n$&\r\n");
    const bytes = Buffer.from(`${head}${chunks}0\r\n\r\n`);
    for (let time = 0; time < times; time += 1) {
      const answer = await answerOf(fast, bytes);
      expect(answer).toBe(await answerOf(yoga, bytes));
      expect(answer).toContain('{"data":{"storeContext":{"country":"GB"}}');
    }
  });

  it("one behind the other on a connection, in order", async () => {
    const sent: readonly Row[] = [
      { search: byHash },
      { method: "POST", headers: json, body },
      { method: "POST", headers: json, body: "[]" },
    ];
    const all = [...sent, ...sent, ...sent].map((row) => bytesOf(row, false));
    const bytes = Buffer.concat([...all, bytesOf({ search: byHash })]);
    const answer = await answerOf(fast, bytes);
    expect(answer).toBe(await answerOf(yoga, bytes));
    expect([...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(
      [1, 2, 3].flatMap(() => ["200", "200", "400"]).concat("200"),
    );
  });
});
