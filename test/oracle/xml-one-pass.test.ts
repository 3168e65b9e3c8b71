/** The reader of bytes beside the reader of trees: the same values, findings and errors for every response of every endpoint. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.js";
import { readAnswer } from "../../src/upstream/xml/envelope.js";
import { isReadInOnePass, readByBoth } from "../support/both-readers.js";
import { readEndpoints, type AnyEndpoint } from "../support/endpoints.js";
import { okXml } from "../support/fake-upstream.js";
import { hasRecordings, readRecordings } from "../support/given-material.js";
import { hostileDocuments } from "../support/hostile-documents.js";
import { askExactly } from "../support/sandbox/ask.js";
import { signedCall } from "../support/sandbox/signed-call.js";
import { documentExamples } from "../conformance/sandbox/document-examples.js";
import { Chance } from "./chance.js";
import { DocumentsOfForms } from "./documents-of-forms.js";
import { allDocuments } from "./generated-xml.js";

const endpoints = (await readEndpoints()).filter((one) => "result" in one);
const withForm = endpoints.filter(({ result }) => result.form !== undefined);

/** Fails where the readers differ. */
function compare(endpoint: AnyEndpoint, body: string, httpStatus = 200): void {
  try {
    readByBoth(endpoint, { httpStatus, body });
  } catch (error) {
    if ((error as Error).name !== "UpstreamError") throw error;
  }
}

function endpointOf(method: string): AnyEndpoint | undefined {
  return endpoints.find(({ path }) => path.toLowerCase() === method.toLowerCase());
}

describe.skipIf(!hasRecordings)("recorded responses (skipped where none are given)", () => {
  const recordings = readRecordings();

  it("mean the same, read as a response of any endpoint", () => {
    expect(recordings.length).toBeGreaterThan(100);
    for (const { body } of recordings) for (const endpoint of endpoints) compare(endpoint, body);
  });

  it("are read in one pass, if they say ok", () => {
    const ok = recordings.flatMap(({ method, body, file }) => {
      const endpoint = endpointOf(method);
      return endpoint?.result.form !== undefined && /ok".*<\/response>/s.test(body) ? [{ endpoint, body, file }] : [];
    });
    expect(ok.length).toBeGreaterThan(50);
    expect(ok.filter(({ endpoint, body }) => !isReadInOnePass(endpoint, body)).map(({ file }) => file)).toEqual([]);
  });

  it("mean the same wherever they are cut", () => {
    const short = recordings.filter(({ body, method }) => body.length < 3000 && endpointOf(method) !== undefined).slice(0, 40);
    expect(short.length).toBeGreaterThan(20);
    for (const { method, body } of short) {
      const endpoint = endpointOf(method) as AnyEndpoint;
      for (let end = 0; end < body.length; end += 1) compare(endpoint, body.slice(0, end));
    }
  }, 120_000);
});

describe("responses of the sandbox", () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());

  // A redirect, which has no body.
  const examples = documentExamples.filter(({ request }) => !request.startsWith("track/preview"));

  it.each(examples)("mean the same: $request", async ({ request, signedBy }) => {
    const call = request.replace(/oauth_[^&]*&?/g, "");
    const keyed = `${sandbox.baseUrl}/${call}&oauth_consumer_key=test`;
    const { text } =
      signedBy === undefined
        ? await askExactly(keyed)
        : await signedCall(sandbox.baseUrl, call, signedBy === "user" ? { token: "demo-token" } : {});
    const endpoint = endpointOf(request.replace(/\?.*/, ""));
    for (const one of endpoint === undefined ? endpoints : [endpoint]) compare(one, text);
    expect(text.length).toBeGreaterThan(0);
  });
});

describe("made-up responses of every endpoint", () => {
  it.each([
    [0, 40, 0.6],
    [0.003, 60, 0.4],
    [0.05, 100, 0],
  ])(
    "mean the same, a share of %d of them odd",
    (oddness, count, leastInOnePass) => {
      const documents = new DocumentsOfForms(new Chance(1), oddness);
      let inOnePass = 0;
      for (const endpoint of withForm) {
        for (let i = 0; i < count; i += 1) {
          const body = documents.response(endpoint.result);
          compare(endpoint, body);
          if (isReadInOnePass(endpoint, body)) inOnePass += 1;
        }
      }
      expect(inOnePass / withForm.length / count).toBeGreaterThanOrEqual(leastInOnePass);
    },
    120_000,
  );

  it("mean the same with an HTTP status that says otherwise", () => {
    const documents = new DocumentsOfForms(new Chance(2), 0.01);
    for (const status of [201, 302, 400, 401, 403, 404, 500, 503]) {
      for (const endpoint of withForm) compare(endpoint, documents.response(endpoint.result), status);
    }
    expect(withForm.length).toBeGreaterThan(40);
  });

  it("mean the same wherever they are cut or damaged", () => {
    const chance = new Chance(3);
    const documents = new DocumentsOfForms(chance, 0.01);
    const insertions = ["", ...Array.from("<>&\"'/= ;!x\0é\r"), "]]>", "--", "<!--", "<![CDATA[", "<?", "?>", "<b>", "</b>", "\ufffe"];
    for (const endpoint of withForm) {
      for (let i = 0; i < 100; i += 1) {
        const body = documents.response(endpoint.result).slice(0, 4000);
        const at = chance.between(0, body.length);
        compare(endpoint, body.slice(0, at));
        compare(endpoint, body.slice(0, at) + chance.pick(insertions) + body.slice(at + chance.between(0, 3)));
      }
    }
    expect(endpoints.length).toBeGreaterThan(60);
  }, 120_000);
});

describe("made-up XML", () => {
  const [tag] = endpoints.filter(({ path }) => path === "tag") as [AnyEndpoint];
  /** A decoder that reads some of the names that made-up documents have. */
  const bodyOf = (source: string) => okXml(source.replace(/^\ufeff?\s*(?:<\?xml[^>]*>)?/, ""));

  it("means the same inside a response, whole or damaged", () => {
    const insertion = fc.constantFrom(...Array.from("<>&\"'/= ;!x"), "", "]]>", "--", "<!--", "<![CDATA[", "<?", "?>", "<b>", "</b>");
    fc.assert(
      fc.property(allDocuments, fc.nat(), fc.nat(4), insertion, ({ source }, place, removed, inserted) => {
        compare(tag, bodyOf(source));
        const characters = Array.from(bodyOf(source));
        characters.splice(place % (characters.length + 1), removed, inserted);
        compare(tag, characters.join(""));
      }),
      { numRuns: 10_000 },
    );
    expect(isReadInOnePass(tag, okXml("<tags><a>x<b/></a></tags>"))).toBe(true);
  }, 120_000);
});

describe("texts", () => {
  const [details] = endpoints.filter(({ path }) => path === "release/details") as [AnyEndpoint];
  const specials = [
    "é",
    "😀",
    "&amp;",
    "&#163;",
    "&ouml;",
    "\r",
    "\r\n",
    "\t",
    "\u0001",
    "\u007f",
    "\ufffe",
    ">",
    "]]>",
    "<!-- x -->",
    "<![CDATA[&]]>",
    "<![CDATA[a\r\n\u0001]]>",
    "&",
    "<",
  ];
  const releaseOf = (title: string, id = "1") => okXml(`<release id="${id}"><title>${title}</title><label id='${title}'/></release>`);

  it("mean the same, of every length and with something special at every place", () => {
    for (const special of ["", ...specials]) {
      for (let length = 0; length < 14; length += 1) {
        for (let place = 0; place <= length; place += 1)
          compare(details, releaseOf("a".repeat(place) + special + "z".repeat(length - place)));
      }
      for (const length of [35, 36, 37, 38, 39, 40, 41, 42, 43, 1000]) compare(details, releaseOf("y".repeat(length) + special));
    }
    expect(isReadInOnePass(details, releaseOf("R &amp; B"))).toBe(true);
  });

  it("mean the same again, however many there are to remember", () => {
    const tags = (from: number) => {
      const one = (n: number) => `<tag id="${n.toString(36)}"><text>${(n * 7919).toString(36)}</text><count>${n}</count></tag>`;
      return okXml(`<tags>${Array.from({ length: 10_000 }, (_, i) => one(from + i)).join("")}</tags>`);
    };
    const [endpoint] = endpoints.filter(({ path }) => path === "tag") as [AnyEndpoint];
    for (const from of [0, 10_000, 5000, 0]) compare(endpoint, tags(from));
    expect(isReadInOnePass(endpoint, tags(0))).toBe(true);
  });

  it("of one response share no memory with it", () => {
    const bytes = Buffer.from(releaseOf("Hopes and Fears", "155408"));
    const value = readAnswer(details, { httpStatus: 200, body: bytes }) as { readonly title: string };
    bytes.fill("x");
    expect(value.title).toBe("Hopes and Fears");
  });
});

describe("the limits", () => {
  const [tag] = endpoints.filter(({ path }) => path === "tag") as [AnyEndpoint];
  /** Elements and attributes in all, the envelope among them. */
  const ofNodes = (nodes: number, last: string) => okXml(`<tags>${"<x/>".repeat(nodes - 4 - (last === "" ? 0 : 3))}${last}</tags>`);

  it.each(["", `<tag id="1" a="2"/>`])("of elements and attributes are the same: %s", (last) => {
    expect(isReadInOnePass(tag, ofNodes(80_000, last))).toBe(true);
    expect(isReadInOnePass(tag, ofNodes(80_001, last))).toBe(false);
    for (const nodes of [80_000, 80_001]) compare(tag, ofNodes(nodes, last));
  });

  it("count elements that are there again", () => {
    const [chart] = endpoints.filter(({ path }) => path === "release/chart") as [AnyEndpoint];
    // Five each: the item, the release, the artist and two ids.
    const items = `<chartItem><release id="1"><artist id="2"/></release></chartItem>`.repeat(15_999);
    expect(isReadInOnePass(chart, okXml(`<chart>${items}<x/></chart>`))).toBe(true);
    expect(isReadInOnePass(chart, okXml(`<chart>${items}<x/><x/></chart>`))).toBe(false);
  });

  it("of depth are the same", () => {
    const deep = (levels: number) => okXml(`<tags>${"<x>".repeat(levels)}${"</x>".repeat(levels)}</tags>`);
    expect(isReadInOnePass(tag, deep(62))).toBe(true);
    expect(isReadInOnePass(tag, deep(63))).toBe(false);
    for (const levels of [62, 63]) compare(tag, deep(levels));
  });
});

describe("documents made to be expensive", () => {
  it.each(hostileDocuments(256 * 1024))("mean the same: $name", ({ source }) => {
    const content = source();
    const [chart] = endpoints.filter(({ path }) => path === "release/chart") as [AnyEndpoint];
    compare(chart, content);
    compare(chart, okXml(content));
    compare(chart, okXml(`<chart>${content}</chart>`));
    compare(chart, okXml(`<chart><chartItem><release id="1"><title>${content}</title></release></chartItem></chart>`));
    expect(content.length).toBeGreaterThan(0);
  });
});
