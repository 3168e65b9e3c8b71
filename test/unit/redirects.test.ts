import { describe, expect, it } from "vitest";
import { readMediaError, readSignInCallback } from "../../src/redirects.js";

describe("an errorUrl that a user came back to", () => {
  it("tells the document's own example", () => {
    const url = "http://example.com/error/?errorCode=1001&errorMsg=Error%3a+Missing+%27trackId%27+query+parameter.";
    expect(readMediaError(url)).toEqual({ errorCode: 1001, errorMsg: "Error: Missing 'trackId' query parameter." });
  });

  it.each([
    ["parameters of the shop's own", "https://shop.example/back?page=2&errorCode=2002&errorMsg=No+licences"],
    ["a second question mark", "https://shop.example/back?page=2?errorCode=2002&errorMsg=No+licences"],
    ["names in lower case", "https://shop.example/back?errorcode=2002&errormsg=No%20licences"],
    ["a fragment", "https://shop.example/back?errorCode=2002&errorMsg=No+licences#errorCode=1"],
  ])("tells it behind %s", (_, url) => {
    expect(readMediaError(url)).toEqual({ errorCode: 2002, errorMsg: "No licences" });
  });

  it("ends a value at a raw question mark, and reads what follows as parameters", () => {
    const url = "https://shop.example/back?search=who?&errorCode=1001&errorMsg=Which+track?errorCode=2002";
    expect(readMediaError(url)).toEqual({ errorCode: 2002, errorMsg: "Which track" });
    expect(readMediaError("https://shop.example/back?search=who%3FerrorCode=1")).toBeUndefined();
  });

  it("takes a URL object", () => {
    expect(readMediaError(new URL("https://shop.example/?errorCode=2001"))).toEqual({ errorCode: 2001, errorMsg: "" });
  });

  it.each(["https://shop.example/", "https://shop.example/?errorCode=", "https://shop.example/?errorCode=none", "no URL", ""])(
    "tells nothing of %j",
    (url) => {
      expect(readMediaError(url)).toBeUndefined();
    },
  );
});

describe("a callbackUrl that a user came back to", () => {
  it("tells the document's own example, with its second question mark", () => {
    const url = "http://api-consumer.com/handback?consumerparam=value?oauth_token=AAAAAA&status=Authorised";
    expect(readSignInCallback(url)).toEqual({ oauthToken: "AAAAAA", status: "Authorised" });
  });

  it("tells a callback without parameters of its own", () => {
    expect(readSignInCallback("https://shop.example/back?oauth_token=A%2BB&status=Authorised")).toEqual({
      oauthToken: "A+B",
      status: "Authorised",
    });
  });

  it("believes what 7digital appended, not what stood there before", () => {
    const url = "https://shop.example/back?oauth_token=planted&status=Authorised?oauth_token=real&status=Denied";
    expect(readSignInCallback(url)).toEqual({ oauthToken: "real", status: "Denied" });
  });

  it.each(["https://shop.example/back", "https://shop.example/back?oauth_token=", "https://shop.example/back#oauth_token=A"])(
    "tells nothing of %j",
    (url) => {
      expect(readSignInCallback(url)).toBeUndefined();
    },
  );
});
