/** Several items in one call: each is cached, joined, renewed, cancelled and fails by itself, on real sockets. */
import { describe, expect, it } from "vitest";
import { releaseDetails, releaseDetailsBatch } from "../../../src/catalogue/endpoints/release.js";
import { OperationMeter } from "../../../src/operation/meter.js";
import type { Client } from "../../../src/upstream/client.js";
import { errorXml, fakeUpstream, okXml, reset, respond, type Asked, type FakeUpstream } from "../../support/fake-upstream.js";
import { clientOf, Clock, failureOf, inBritain } from "../../support/test-client.js";

const minute = { "cache-control": "private, max-age=60", "content-type": "text/xml" };

function releaseXml(id: string, title = `Title ${id}`): string {
  return `<release id="${id}"><title>${title}</title></release>`;
}

function batchXml(items: readonly string[], errors: readonly string[] = []): string {
  return okXml(`<items><releases>${items.join("")}</releases><errors>${errors.join("")}</errors></items>`);
}

function itemError(id: string, code: string): string {
  return `<error itemId="${id}" code="${code}"><errorMessage>No ${id}</errorMessage></error>`;
}

const idsIn = ({ query }: Asked): string[] => query.get("releaseids")?.split(",") ?? [];

/** Answers every id, alone or in a batch, with a title that counts the calls. */
async function shop(delayMs = 0): Promise<FakeUpstream> {
  return fakeUpstream((response, asked, nth) => {
    const one = (id: string): string => releaseXml(id, `${id} of call ${String(nth)}`);
    const alone = asked.query.get("releaseId");
    const body = alone === null ? batchXml(idsIn(asked).map(one)) : okXml(one(alone));
    setTimeout(() => response.writeHead(200, minute).end(body), delayMs);
  });
}

function several(client: Client, ids: readonly string[], size = 50): Promise<readonly string[]> {
  const answers = client.callBatch(releaseDetailsBatch, ids, size, inBritain);
  const shown = async (answer: (typeof answers)[number]): Promise<string> => {
    try {
      return String((await answer).title);
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  return Promise.all(answers.map(shown));
}

async function one(client: Client, releaseId: string): Promise<unknown> {
  return (await client.call(releaseDetails, { releaseId }, inBritain)).title;
}

const asked = (upstream: FakeUpstream) =>
  upstream.asked.map(({ path, query }) => `${path.slice(5)} ${query.get("releaseids") ?? query.get("releaseId") ?? ""}`);

function operation(mostCalls = 100): OperationMeter {
  return new OperationMeter({ mostCalls, timeoutMs: 60_000, mayAsk: () => true, detailed: true, trace: undefined });
}

describe("a batch", () => {
  it("sends its IDs, the wish for errors and the store, in as few calls as its size allows", async () => {
    const upstream = await shop();
    expect(await several(clientOf(upstream), ["1", "2", "3", "4", "5"], 2)).toHaveLength(5);
    expect(asked(upstream)).toEqual(["release/details/batch 1,2", "release/details/batch 3,4", "release/details 5"]);
    expect(upstream.asked[0]?.rawQuery).toBe("releaseids=1%2C2&showErrors=true&country=GB&oauth_consumer_key=THE-CONSUMER-KEY");
  });

  it("gives each ID its own item, whatever the order, also one that comes twice or that was not asked for", async () => {
    const upstream = await fakeUpstream(respond(batchXml(["3", "1", "3", "9", "2"].map((id) => releaseXml(id)))));
    expect(await several(clientOf(upstream), ["1", "2", "3"])).toEqual(["Title 1", "Title 2", "Title 3"]);
  });

  it("fails an item that it leaves out or has an error for, and no other, whatever else is in it", async () => {
    const items = [releaseXml("1"), "<release/>", releaseXml("2"), releaseXml("1")];
    const errors = [itemError("3", "2001"), itemError("4", "2002"), itemError("5", "9001"), "<error/>"];
    const upstream = await fakeUpstream(respond(batchXml(items, errors)));
    const codes = await several(clientOf(upstream), ["1", "3", "4", "5", "6", "7"]);
    expect(codes).toEqual([
      "Title 1",
      ...["NOT_FOUND", "NOT_AVAILABLE_IN_COUNTRY", "UPSTREAM_ERROR", "UPSTREAM_BAD_RESPONSE", "UPSTREAM_BAD_RESPONSE"],
    ]);
    expect(upstream.asked).toHaveLength(1);
  });

  it("fails an item that cannot be read, as its method alone does", async () => {
    const upstream = await fakeUpstream((response, { query }) => {
      const body = query.has("releaseId") ? okXml("<release/>") : batchXml([releaseXml("1"), '<release id=""/>', releaseXml("x y")]);
      response.writeHead(200, minute).end(body);
    });
    const client = clientOf(upstream);
    expect(await several(client, ["1", "2", "3"])).toEqual(["Title 1", "UPSTREAM_BAD_RESPONSE", "UPSTREAM_BAD_RESPONSE"]);
    expect(await failureOf(one(client, "4"))).toMatchObject({ code: "UPSTREAM_BAD_RESPONSE" });
  });

  it("has no items, and fails each, where nothing of it can be found", async () => {
    const upstream = await fakeUpstream(respond(okXml("<items/>")));
    expect(await several(clientOf(upstream), ["1", "2"])).toEqual(["UPSTREAM_BAD_RESPONSE", "UPSTREAM_BAD_RESPONSE"]);
  });

  it("gives an ID that was merged into another the item in its place, as its method alone does", async () => {
    const upstream = await fakeUpstream(respond(batchXml([releaseXml("1"), releaseXml("77"), releaseXml("3")], [itemError("4", "2001")])));
    expect(await several(clientOf(upstream), ["1", "2", "3", "4"])).toEqual(["Title 1", "Title 77", "Title 3", "NOT_FOUND"]);
  });

  it("passes 7digital's own message on, without our key", async () => {
    const errors = [itemError("1", "2001"), '<error itemId="2" code="2001"><errorMessage>key THE-CONSUMER-KEY</errorMessage></error>'];
    const upstream = await fakeUpstream(respond(batchXml([], errors)));
    const failures = await Promise.all(clientOf(upstream).callBatch(releaseDetailsBatch, ["1", "2"], 50, inBritain).map(failureOf));
    expect(failures).toMatchObject([
      { method: "release/details/batch", sevendigitalCode: "2001", sevendigitalMessage: "No 1" },
      { sevendigitalMessage: undefined },
    ]);
  });
});

describe("the cache", () => {
  it("stores each item of a batch as if it had been called alone, with its failures", async () => {
    const upstream = await fakeUpstream((response, call) => {
      const errors = idsIn(call).includes("3") ? [itemError("3", "2001"), itemError("4", "9001")] : [];
      response.writeHead(200, minute).end(
        batchXml(
          ["1", "2"].map((id) => releaseXml(id)),
          errors,
        ),
      );
    });
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    await several(client, ["1", "2", "3", "4"]);
    clock.pass(4);
    expect(client.peek(releaseDetails, { releaseId: "1" }, inBritain)).toMatchObject({ title: "Title 1" });
    expect(await one(client, "2")).toBe("Title 2");
    expect(await failureOf(one(client, "3"))).toMatchObject({ code: "NOT_FOUND" });
    expect(await failureOf(one(client, "4"))).toMatchObject({ code: "UPSTREAM_ERROR", sevendigitalCode: "9001" });
    expect(upstream.asked).toHaveLength(1);
  });

  it("leaves out of a batch what it holds, also what failed a moment ago", async () => {
    const upstream = await fakeUpstream((response, call) => {
      const id = call.query.get("releaseId");
      if (id === "2") respond(errorXml("2001"), 404)(response);
      else if (id === "3") respond("<html>", 500)(response);
      else response.writeHead(200, minute).end(id === null ? batchXml(idsIn(call).map((each) => releaseXml(each))) : okXml(releaseXml(id)));
    });
    const client = clientOf(upstream);
    await one(client, "1");
    for (const id of ["2", "3"]) await failureOf(one(client, id));
    upstream.asked.length = 0;
    expect(await several(client, ["1", "2", "3", "4", "5"])).toEqual([
      "Title 1",
      "NOT_FOUND",
      "UPSTREAM_UNAVAILABLE",
      "Title 4",
      "Title 5",
    ]);
    expect(asked(upstream)).toEqual(["release/details/batch 4,5"]);
  });

  it("is not used where headers forbid it", async () => {
    const upstream = await fakeUpstream(respond(batchXml([releaseXml("1"), releaseXml("2")]), 200, { "cache-control": "no-store" }));
    const client = clientOf(upstream);
    await several(client, ["1", "2"]);
    await several(client, ["1", "2"]);
    expect(upstream.asked).toHaveLength(2);
  });

  it("serves what is stale at once, and renews it in the same call as what it does not hold", async () => {
    const upstream = await shop();
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    await several(client, ["1", "2"]);
    clock.pass(61);
    const answers = client.callBatch(releaseDetailsBatch, ["1", "2", "3"], 50, inBritain);
    expect(answers.map((answer) => (answer instanceof Promise ? "later" : answer.title))).toEqual(["1 of call 1", "2 of call 1", "later"]);
    await answers[2];
    expect(await several(client, ["1", "2", "3"])).toEqual(["1 of call 2", "2 of call 2", "3 of call 2"]);
    expect(asked(upstream)).toEqual(["release/details/batch 1,2", "release/details/batch 1,2,3"]);
  });

  it("stands in for each item that it holds when a batch fails", async () => {
    const upstream = await shop();
    const clock = new Clock();
    const client = clientOf(upstream, {}, clock);
    await several(client, ["1", "2"]);
    clock.pass(3600);
    upstream.behaviour = respond("", 503);
    expect(await several(client, ["1", "2", "3"])).toEqual(["1 of call 1", "2 of call 1", "UPSTREAM_UNAVAILABLE"]);
  });
});

describe("calls under way", () => {
  it("for one item are joined by a batch, and the other way round", async () => {
    const upstream = await shop(20);
    const client = clientOf(upstream);
    const all = await Promise.all([one(client, "1"), several(client, ["1", "2", "3"]), one(client, "2"), several(client, ["3", "2"])]);
    expect(all).toEqual(["1 of call 1", ["1 of call 1", "2 of call 2", "3 of call 2"], "2 of call 2", ["3 of call 2", "2 of call 2"]]);
    expect(asked(upstream)).toEqual(["release/details 1", "release/details/batch 2,3"]);
  });

  it("go on for an operation that joined them when the first one ends", async () => {
    const upstream = await shop(30);
    const [first, second] = [operation(), operation()];
    const client = clientOf(upstream);
    const gone = several(client.forOperation(first), ["1", "2"]);
    const joined = several(client.forOperation(second), ["2", "1"]);
    first.abandon();
    expect(await gone).toEqual(["CLIENT_CLOSED_REQUEST", "CLIENT_CLOSED_REQUEST"]);
    expect(await joined).toEqual(["2 of call 1", "1 of call 1"]);
    expect([upstream.asked.length, second.joinedCalls]).toEqual([1, 2]);
  });

  it("are not made once nothing waits for any of their items, and are made again together for one that joins too late", async () => {
    const upstream = await shop(30);
    const client = clientOf(upstream, { maxConnections: 1, maxWaitMs: 5000 });
    const busy = one(client, "9");
    const first = operation();
    const gone = several(client.forOperation(first), ["1", "2", "3"]);
    first.abandon();
    const late = several(client.forOperation(operation()), ["1", "2", "3"]);
    expect(await gone).toEqual(new Array(3).fill("CLIENT_CLOSED_REQUEST"));
    expect(await late).toEqual(["1 of call 2", "2 of call 2", "3 of call 2"]);
    await busy;
    expect(asked(upstream)).toEqual(["release/details 9", "release/details/batch 1,2,3"]);
  });
});

describe("a batch that fails as a whole", () => {
  it("is sent once more where the failure may pass", async () => {
    const upstream = await fakeUpstream((response, call, nth) =>
      nth === 1 ? reset(response) : response.writeHead(200, minute).end(batchXml(idsIn(call).map((id) => releaseXml(id)))),
    );
    expect(await several(clientOf(upstream), ["1", "2"])).toEqual(["Title 1", "Title 2"]);
    expect(upstream.asked).toHaveLength(2);
  });

  it("fails each item with one error, which is remembered for the same batch and for none of its items alone", async () => {
    const upstream = await fakeUpstream((response, { query }) => {
      const id = query.get("releaseId");
      respond(id === null ? "" : okXml(releaseXml(id)), id === null ? 500 : 200)(response);
    });
    const client = clientOf(upstream);
    const failures = await Promise.all(client.callBatch(releaseDetailsBatch, ["1", "2"], 50, inBritain).map(failureOf));
    expect(new Set(failures).size).toBe(1);
    expect(failures[0]).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", method: "release/details/batch", httpStatus: 500 });
    const before = upstream.asked.length;
    expect(await several(client, ["1", "2"])).toEqual(["UPSTREAM_UNAVAILABLE", "UPSTREAM_UNAVAILABLE"]);
    expect(upstream.asked).toHaveLength(before);
    expect(await one(client, "1")).toBe("Title 1");
  });

  it("is no proof that none of its items exists", async () => {
    const upstream = await fakeUpstream(respond(errorXml("2001"), 404));
    const client = clientOf(upstream);
    expect(await several(client, ["1", "2"])).toEqual(["UPSTREAM_BAD_RESPONSE", "UPSTREAM_BAD_RESPONSE"]);
    expect(await failureOf(one(client, "1"))).toMatchObject({ code: "NOT_FOUND" });
  });

  it("says that the key was rejected, that the quota is spent, or that the time is over", async () => {
    const upstream = await fakeUpstream(respond("OAuth authentication error: Access to resource denied", 401));
    const client = clientOf(upstream, { timeoutMs: 100 });
    expect(await several(client, ["1", "2"])).toEqual(["UPSTREAM_AUTH", "UPSTREAM_AUTH"]);
    upstream.behaviour = () => undefined;
    expect(await several(client, ["3", "4"])).toEqual(["UPSTREAM_TIMEOUT", "UPSTREAM_TIMEOUT"]);
    upstream.behaviour = respond("Usage limit exceeded", 429, { "retry-after": "60" });
    expect(await several(client, ["5", "6"])).toEqual(["UPSTREAM_RATE_LIMITED", "UPSTREAM_RATE_LIMITED"]);
    upstream.asked.length = 0;
    expect(await several(client, ["7", "8"])).toEqual(["UPSTREAM_RATE_LIMITED", "UPSTREAM_RATE_LIMITED"]);
    expect(upstream.asked).toEqual([]);
  });
});

describe("the meter of an operation", () => {
  it("counts calls, not items, and stops the items of a call too many", async () => {
    const upstream = await shop();
    const meter = operation(2);
    const client = clientOf(upstream).forOperation(meter);
    const answers = await several(client, ["1", "2", "3", "4", "5", "6"], 2);
    expect(answers.slice(4)).toEqual(["TOO_MANY_UPSTREAM_CALLS", "TOO_MANY_UPSTREAM_CALLS"]);
    expect([answers.slice(0, 4).every((title) => title.includes("of call")), meter.sentCalls]).toEqual([true, 2]);
    expect(meter.shown.map(({ method }) => method)).toEqual(["release/details/batch", "release/details/batch"]);
  });

  it("asks for the caller once for each call", async () => {
    const upstream = await shop();
    let asks = 0;
    const mayAsk = (): boolean => (asks += 1) <= 2;
    const meter = new OperationMeter({ mostCalls: 100, timeoutMs: 60_000, mayAsk, detailed: true, trace: undefined });
    const answers = await several(clientOf(upstream).forOperation(meter), ["1", "2", "3", "4", "5"], 2);
    expect([answers[4], asks, upstream.asked.length]).toEqual(["CALLER_CALL_LIMIT", 3, 2]);
  });

  it("is not asked for what the cache holds", async () => {
    const upstream = await shop();
    const client = clientOf(upstream);
    await several(client, ["1", "2"]);
    const meter = operation(0);
    expect(await several(client.forOperation(meter), ["1", "2"])).toEqual(["1 of call 1", "2 of call 1"]);
    expect(meter.freshAnswers).toBe(2);
  });
});
