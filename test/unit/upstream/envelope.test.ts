import { describe, expect, it } from "vitest";
import { attribute, child, children, inside, listOf, object, optionalAttribute, type Decoder } from "../../../src/upstream/xml/decode.js";
import { decimal, flag, integer, real, text, token } from "../../../src/upstream/xml/values.js";
import { isReadInOnePass, readByBoth } from "../../support/both-readers.js";
import { withReceived } from "../../../src/upstream/xml/form.js";
import { UpstreamError } from "../../../src/upstream/errors.js";

const thing = object({ id: attribute("id"), name: child("name", text), year: child("year", integer) });
const details = { path: "thing/details", auth: "key", result: inside("thing", thing) } as const;

function failure(body: string, httpStatus = 200, secrets: readonly string[] = []): UpstreamError {
  try {
    readByBoth(details, { httpStatus, body }, { secrets });
  } catch (error) {
    if (error instanceof UpstreamError) return error;
    throw error;
  }
  throw new Error("It was believed.");
}

function ok(content: string): string {
  return `<response status="ok" version="1.2">${content}</response>`;
}

function error(code: string, message = ""): string {
  return `<response status="error" version="1.2"><error code="${code}"><errorMessage>${message}</errorMessage></error></response>`;
}

describe("an answer", () => {
  it("is decoded and frozen", () => {
    const value = readByBoth(details, { httpStatus: 200, body: ok(`<thing id="1"><name>Keane</name></thing>`) });
    expect(value).toEqual({ id: "1", name: "Keane", year: undefined });
    expect(Object.isFrozen(value)).toBe(true);
  });

  it("may be read together with the HTTP response", () => {
    const result = withReceived(details.result, ({ id }, { httpStatus, header, body }) => [id, httpStatus, header("etag"), body].join(" "));
    const body = ok(`<thing id="1"/>`);
    const header = (name: string) => (name === "etag" ? "W/x" : undefined);
    expect(readByBoth({ ...details, result }, { httpStatus: 203, header, body })).toBe(`1 203 W/x ${body}`);
    expect(isReadInOnePass({ ...details, result }, body)).toBe(true);
    expect(() => readByBoth({ ...details, result }, { httpStatus: 203, header, body: ok("<thing/>") })).toThrow("(thing: is missing)");
  });

  it.each([
    ["cut short", `<response status="ok"><thing id="1"><name>Kea`],
    ["cut after its last child", `<response status="ok"><thing id="1"/>`],
    ["empty", ""],
    ["white space", " \n "],
    ["plain text", "It went wrong."],
    ["JSON", `{"status":"ok"}`],
    ["an HTML page", "<html><body>Maintenance</body></html>"],
    ["two responses", `${ok('<thing id="1"/>')}${ok('<thing id="2"/>')}`],
    ["a response that says neither ok nor error", `<response status="bang"><thing id="1"/></response>`],
    ["a response without status", `<response><thing id="1"/></response>`],
    ["a response inside something else", `<envelope>${ok('<thing id="1"/>')}</envelope>`],
    ["the wrong thing", ok(`<other id="1"/>`)],
    ["a thing without id", ok("<thing><name>Keane</name></thing>")],
    ["a document type", `<!DOCTYPE response>${ok('<thing id="1"/>')}`],
  ])("that is %s is a bad response, never data", (_, body) => {
    expect(failure(body)).toMatchObject({ code: "UPSTREAM_BAD_RESPONSE", method: "thing/details", httpStatus: 200 });
  });

  it("names the place where its shape is wrong", () => {
    expect(failure(ok("<thing/>")).message).toBe("7digital answered thing/details with an unexpected shape (thing: is missing).");
    expect(failure(ok("<thing><name/></thing>")).message).toContain("(thing/@id: is missing)");
  });

  it("that says ok with an HTTP status that does not is not believed", () => {
    expect(failure(ok(`<thing id="1"/>`), 500)).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryable: true });
    expect(failure(ok(`<thing id="1"/>`), 404).code).toBe("UPSTREAM_BAD_RESPONSE");
  });
});

describe("an error", () => {
  it.each([200, 400, 404, 500])("means the same with HTTP status %i", (status) => {
    expect(failure(error("2001", "Release not found"), status)).toMatchObject({
      code: "NOT_FOUND",
      sevendigitalCode: "2001",
      message: "7digital does not have what was requested. Check the input.",
      sevendigitalMessage: "Release not found",
      httpStatus: status,
      retryable: false,
    });
  });

  it.each([
    ["1001", "UPSTREAM_REJECTED_INPUT", false],
    ["1007", "UPSTREAM_REJECTED_INPUT", false],
    ["2002", "NOT_AVAILABLE_IN_COUNTRY", false],
    ["3004", "UPSTREAM_ERROR", false],
    ["4242", "UPSTREAM_ERROR", false],
    ["7001", "UPSTREAM_ERROR", true],
    ["7003", "UPSTREAM_ERROR", true],
    ["9001", "UPSTREAM_ERROR", true],
  ])("%s is %s, worth another try: %s", (code, meaning, retryable) => {
    expect(failure(error(code, "because"))).toMatchObject({ code: meaning, sevendigitalCode: code, retryable });
  });

  it.each(["bad", "10011001", "2001 oauth_token=abc", "-1", ""])("whose code is no number of 7digital's is told without it: %j", (code) => {
    const { code: meaning, sevendigitalCode, message, sevendigitalMessage, retryable } = failure(error(code, "because"));
    expect({ meaning, sevendigitalCode, message, sevendigitalMessage, retryable }).toEqual({
      meaning: "UPSTREAM_ERROR",
      sevendigitalCode: undefined,
      message: "7digital rejected thing/details without a reason.",
      sevendigitalMessage: "because",
      retryable: false,
    });
  });

  it.each([
    ["our key", "Unknown consumer key OUR-KEY"],
    ["our key in another case", "Unknown consumer key our-key"],
    ["our secret", "Signed with our/secret?"],
    ["our secret in percents", "Signed with our%2Fsecret"],
    ["a parameter of OAuth's", "Expected base string GET&amp;http&amp;oauth_nonce=1"],
    ["a parameter of OAuth's beyond what is told", `${"x".repeat(300)} OAUTH_TOKEN=abc`],
  ])("whose message holds %s comes with its code alone", (_what, message) => {
    const secrets = ["OUR-KEY", "our/secret", ""];
    for (const code of ["1001", "none"]) {
      const refused = failure(error(code, message), 400, secrets);
      expect(refused.sevendigitalMessage).toBeUndefined();
      expect(JSON.stringify([refused.message, refused])).not.toMatch(/our|oauth/i);
    }
  });

  it("of a signed call comes with its code alone", () => {
    for (const auth of ["consumer", "user"] as const) {
      const answer = { httpStatus: 400, body: error("1002", "Value of parameter password is not valid: hunter2") };
      expect(() => readByBoth({ ...details, auth }, answer)).toThrow(
        expect.objectContaining({ sevendigitalCode: "1002", sevendigitalMessage: undefined }) as Error,
      );
    }
  });

  it("inside a response that says ok is an error", () => {
    const nested = ok(
      `<cardRegistration id="1" status="error"><error code="3103"><errorMessage>declined</errorMessage></error></cardRegistration>`,
    );
    expect(failure(nested)).toMatchObject({ code: "UPSTREAM_ERROR", sevendigitalCode: "3103" });
    expect(failure(ok(`<error code="2001"/>`)).code).toBe("NOT_FOUND");
  });

  it("inside a response that says ok is a value where the method reads it", () => {
    const body = ok(`<cardRegistration status="error"><error code="3103"/></cardRegistration>`);
    const status = object({ status: optionalAttribute("status") }, ["error"]);
    const method = { ...details, readsFailure: true, result: inside("cardRegistration", status) } as const;
    expect(readByBoth(method, { httpStatus: 200, body })).toEqual({ status: "error" });
    expect(() => readByBoth(method, { httpStatus: 200, body: error("2001", "none") })).toThrow(
      expect.objectContaining({ code: "NOT_FOUND" }) as Error,
    );
  });

  it("may lack its code, its message or both", () => {
    expect(failure(`<response status="error"><error><errorMessage> padded\n message </errorMessage></error></response>`)).toMatchObject({
      code: "UPSTREAM_ERROR",
      sevendigitalCode: undefined,
      message: "7digital rejected thing/details without a reason.",
      sevendigitalMessage: "padded message",
    });
    expect(failure(`<response status="error"/>`).message).toBe("7digital rejected thing/details without a reason.");
  });

  it("in a response of unknown status is still an error", () => {
    expect(failure(`<response status="fail"><error code="2001"/></response>`).code).toBe("NOT_FOUND");
  });

  it("never passes on a long message whole", () => {
    expect(failure(error("9001", "x".repeat(5000))).sevendigitalMessage).toHaveLength(200);
  });

  it.each([401, 200])("about credentials in plain text is known by its words, with HTTP status %i", (status) => {
    expect(failure("OAuth authentication error: Not authorised - no user credentials provided", status).code).toBe("UPSTREAM_AUTH");
  });

  it("of a server in trouble is worth another try, whatever the body", () => {
    for (const body of ["", "Bad gateway", "<html></html>"]) {
      expect(failure(body, 502)).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryable: true });
    }
  });
});

describe("a decoder", () => {
  const read = <T>(result: Decoder<T>, body: string) => readByBoth({ path: "x", auth: "key", result }, { httpStatus: 200, body: ok(body) });

  it("tells absent from empty", () => {
    const value = read(
      object({ absent: child("a", text), empty: child("b", text), nil: child("c", integer), zero: child("d", integer) }),
      `<b/><c xsi:nil="true"/><d>0</d>`,
    );
    expect(value).toEqual({ absent: undefined, empty: null, nil: null, zero: 0 });
  });

  it("keeps text as it stands: digits, zeros, edges", () => {
    const value = read(
      object({ titles: children("title", text) }),
      "<title>1989</title><title>Rita Ora </title><title>0x1F</title><title>1e5</title>",
    );
    expect(value.titles).toEqual(["1989", "Rita Ora ", "0x1F", "1e5"]);
  });

  it("reads one, many and no children alike as a list", () => {
    const list = object({ items: child("items", listOf("item", token)) });
    expect(read(list, "<items><item>1</item></items>").items).toEqual(["1"]);
    expect(read(list, "<items><item>1</item><item>2</item></items>").items).toEqual(["1", "2"]);
    expect(read(list, "<items/>").items).toEqual([]);
    expect(read(list, "").items).toBeUndefined();
  });

  it("takes an empty element where an object belongs for none", () => {
    expect(read(object({ artist: child("artist", thing) }), "<artist/>").artist).toBeNull();
  });

  it("trims numbers and leaves money its digits", () => {
    const value = read(
      object({ total: child("total", integer), price: child("price", decimal), none: child("none", decimal), score: child("score", real) }),
      "<total>       471      </total><price>7.90</price><none>N/A</none><score>21.4</score>",
    );
    expect(value).toEqual({ total: 471, price: "7.90", none: null, score: 21.4 });
  });

  it("reads flags in any case", () => {
    const value = read(object({ flags: children("flag", flag) }), "<flag>True</flag><flag>false</flag><flag>1</flag><flag>0</flag><flag/>");
    expect(value.flags).toEqual([true, false, true, false, null]);
  });
});
