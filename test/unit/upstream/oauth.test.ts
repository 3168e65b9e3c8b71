import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSigner, Rfc5849OAuth } from "../../../src/upstream/request/oauth.js";
import type { Pair } from "../../../src/upstream/request/percent-encoding.js";

type Protocol = Parameters<Rfc5849OAuth["getSignature"]>[2];

function rfc(consumer: { key: string; secret: string }): Rfc5849OAuth {
  return new Rfc5849OAuth(
    consumer,
    () => 0,
    () => "",
  );
}

/** Protocol parameters exactly as an example has them: some have no oauth_version. */
function protocol(values: Record<string, string>): Protocol {
  return values as unknown as Protocol;
}

const printer = { key: "dpf43f3p2l4k3l03", secret: "kd94hf93k423kf44" };

describe("the examples of the RFC and of OAuth Core", () => {
  const request = {
    method: "POST",
    url: "http://EXAMPLE.com:80/request",
    data: [
      ["b5", "=%3D"],
      ["a3", "a"],
      ["c@", ""],
      ["a2", "r b"],
      ["c2", ""],
      ["a3", "2 q"],
    ] satisfies Pair[],
  };
  const values = protocol({
    oauth_consumer_key: "9djdj82h48djs9d2",
    oauth_token: "kkk9d7dh3k39sjv7",
    oauth_signature_method: "HMAC-SHA1",
    oauth_timestamp: "137131201",
    oauth_nonce: "7d8f3e4a",
  });
  const consumer = { key: "9djdj82h48djs9d2", secret: "j49sk3j29djd" };

  it("normalises parameters as RFC 5849 §3.4.1.3.2 does", () => {
    expect(rfc(consumer).getParameterString(request, values)).toBe(
      "a2=r%20b&a3=2%20q&a3=a&b5=%3D%253D&c%40=&c2=&oauth_consumer_key=9djdj82h48djs9d2&oauth_nonce=7d8f3e4a" +
        "&oauth_signature_method=HMAC-SHA1&oauth_timestamp=137131201&oauth_token=kkk9d7dh3k39sjv7",
    );
  });

  it("writes the base string of RFC 5849 §3.4.1.1", () => {
    expect(rfc(consumer).getBaseString(request, values)).toBe(
      "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26" +
        "oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26" +
        "oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7",
    );
  });

  it("signs it as erratum 2550 corrects the RFC", () => {
    expect(rfc(consumer).getSignature(request, "dh893hdasih9", values)).toBe("r6/TJjbCOr97/+UU0NsvSne7s5g=");
  });

  it("signs the temporary credentials request of RFC 5849 §1.2", () => {
    const signature = rfc(printer).getSignature(
      { method: "POST", url: "https://photos.example.net/initiate", data: [] },
      undefined,
      protocol({
        oauth_consumer_key: "dpf43f3p2l4k3l03",
        oauth_signature_method: "HMAC-SHA1",
        oauth_timestamp: "137131200",
        oauth_nonce: "wIjqoS",
        oauth_callback: "http://printer.example.com/ready",
      }),
    );
    expect(signature).toBe("74KNZJeDHnMBp0EMJ9ZHt/XKycU=");
  });

  it("signs the token request of RFC 5849 §1.2", () => {
    const signature = rfc(printer).getSignature(
      { method: "POST", url: "https://photos.example.net/token", data: [] },
      "hdhd0244k9j7ao03",
      protocol({
        oauth_consumer_key: "dpf43f3p2l4k3l03",
        oauth_token: "hh5s93j4hdidpola",
        oauth_signature_method: "HMAC-SHA1",
        oauth_timestamp: "137131201",
        oauth_nonce: "walatlh",
        oauth_verifier: "hfdp7dh39dks9884",
      }),
    );
    expect(signature).toBe("gKgrFCywp7rO0OXSjdot/IHF7IU=");
  });

  const photos: Pair[] = [
    ["file", "vacation.jpg"],
    ["size", "original"],
  ];

  it("signs the photos request of RFC 5849 §1.2", () => {
    const signature = rfc(printer).getSignature(
      { method: "GET", url: "http://photos.example.net/photos", data: photos },
      "pfkkdhi9sl3r4s00",
      protocol({
        oauth_consumer_key: "dpf43f3p2l4k3l03",
        oauth_token: "nnch734d00sl2jdk",
        oauth_signature_method: "HMAC-SHA1",
        oauth_timestamp: "137131202",
        oauth_nonce: "chapoH",
      }),
    );
    expect(signature).toBe("MdpQcU8iPSUjWoN/UDMsK2sui9I=");
  });

  it("signs the photos request of OAuth Core 1.0, appendix A.5, through the signer itself", () => {
    const signer = createSigner({
      consumerKey: printer.key,
      consumerSecret: printer.secret,
      now: () => 1191242096_999,
      nonce: () => "kllo9940pd9333jh",
    });
    const request = { verb: "GET", url: "http://photos.example.net/photos", pairs: photos };
    const token = { key: "nnch734d00sl2jdk", secret: "pfkkdhi9sl3r4s00" };
    expect(signer.authorizationHeader(request, token)).toBe(
      'OAuth oauth_consumer_key="dpf43f3p2l4k3l03", oauth_nonce="kllo9940pd9333jh", ' +
        'oauth_signature="tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D", oauth_signature_method="HMAC-SHA1", ' +
        'oauth_timestamp="1191242096", oauth_token="nnch734d00sl2jdk", oauth_version="1.0"',
    );
    expect(signer.signedUrl(request, token)).toMatch(
      /^http:\/\/photos\.example\.net\/photos\?file=vacation\.jpg&size=original&oauth_.*&oauth_signature=tR3%2BTy81lMeYAr%2FFid0kMTYa%2FWM%3D$/,
    );
  });
});

describe("the URL that is signed", () => {
  const oauth = rfc(printer);

  it.each([
    ["HTTP://EXAMPLE.COM:80/r%20v/X", "http://example.com/r%20v/X"],
    ["https://www.example.net:8080/", "https://www.example.net:8080/"],
    ["https://www.example.net:443/a", "https://www.example.net/a"],
    ["http://www.example.net:443/a", "http://www.example.net:443/a"],
  ])("of %s is %s", (url, signed) => {
    expect(oauth.getBaseUrl(url)).toBe(signed);
  });

  it("has no query, for that would go unsigned", () => {
    expect(() => oauth.getBaseUrl("http://example.com/?a=b")).toThrow(TypeError);
  });
});

describe("the signer", () => {
  const signer = createSigner({ consumerKey: "key", consumerSecret: "s&crét", now: () => 1_000_000_999, nonce: () => "n0nce" });
  const url = "https://api.example.com/1.2/user/details";

  it.each(["oauth_token", "oauth_consumer_key", "OAuth_Signature"])("refuses a caller's %s", (name) => {
    expect(() => signer.authorizationHeader({ verb: "GET", url, pairs: [[name, "mine"]] })).toThrow(/oauth_\*/);
  });

  it.each([
    ["half a surrogate pair", "a\ud83d"],
    ["the other half", "\udc4da"],
    ["NUL", "a\0b"],
  ])("refuses %s", (_what, value) => {
    expect(() => signer.signedUrl({ verb: "GET", url, pairs: [["q", value]] })).toThrow(/cannot be sent/);
  });

  it("sends no empty token", () => {
    expect(signer.authorizationHeader({ verb: "GET", url, pairs: [] })).not.toContain("oauth_token");
  });

  it("encodes !*'() and all that RFC 3986 reserves, and leaves the unreserved", () => {
    const signed = signer.signedUrl({ verb: "GET", url, pairs: [["q", "!*'()&=+ ~-._é"]] });
    expect(signed).toContain("?q=%21%2A%27%28%29%26%3D%2B%20~-._%C3%A9&");
  });

  it("signs whatever can be sent as a reference written from the RFC does", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 12 }).filter((value) => !value.includes("\0"));
    const name = text.filter((value) => !/^oauth_/i.test(value));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, text), { maxLength: 6 }), fc.option(text), (pairs, tokenSecret) => {
        const token = tokenSecret === null ? undefined : { key: "tok", secret: tokenSecret };
        const signed = new URL(signer.signedUrl({ verb: "GET", url, pairs }, token));
        const sent = decodedPairs(signed.search.slice(1));
        expect(sent.slice(0, pairs.length)).toEqual(pairs);
        const signature = sent.find(([key]) => key === "oauth_signature")?.[1];
        const signedPairs = sent.filter(([key]) => key !== "oauth_signature");
        expect(signature).toBe(reference("GET", url, signedPairs, ["s&crét", tokenSecret ?? ""]));
      }),
    );
  });
});

function decodedPairs(query: string): [string, string][] {
  return query.split("&").map((pair) => {
    const [name = "", value = ""] = pair.split("=");
    return [decodeURIComponent(name), decodeURIComponent(value)];
  });
}

/** RFC 5849 §3.4 and §3.6, byte by byte and sorting bytes. */
function reference(verb: string, url: string, pairs: [string, string][], secrets: [string, string]): string {
  const encode = (value: string): string =>
    [...Buffer.from(value, "utf8")]
      .map((byte) =>
        /[A-Za-z0-9\-._~]/.test(String.fromCharCode(byte))
          ? String.fromCharCode(byte)
          : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
      )
      .join("");
  const normalised = pairs
    .map(([name, value]) => [Buffer.from(encode(name)), Buffer.from(encode(value))] as const)
    .sort(([name, value], [name2, value2]) => Buffer.compare(name, name2) || Buffer.compare(value, value2))
    .map(([name, value]) => `${name.toString()}=${value.toString()}`)
    .join("&");
  const base = `${verb}&${encode(url)}&${encode(normalised)}`;
  return createHmac("sha1", `${encode(secrets[0])}&${encode(secrets[1])}`)
    .update(base)
    .digest("base64");
}
