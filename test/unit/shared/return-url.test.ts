import { describe, expect, it } from "vitest";
import { ClientError } from "../../../src/shared/client-error.js";
import { appendableUrl, returnUrl } from "../../../src/shared/return-url.js";

const origins = ["https://good.example", "http://127.0.0.1:4000"];

function refusalOf(value: string, allowed: readonly string[] = origins): ClientError | undefined {
  try {
    returnUrl("callbackUrl", value, allowed);
  } catch (error) {
    if (error instanceof ClientError) return error;
    throw error;
  }
  return undefined;
}

describe("a URL to lead people back to", () => {
  it.each([
    "https://good.example",
    "https://good.example/",
    "https://good.example/back?a=b&c=d#e",
    "https://good.example?x",
    "https://good.example/ann@home?mail=ann@home#@",
    "HTTPS://Good.Example/Back",
    "https://good.example:443/back",
    "http://127.0.0.1:4000/back",
    "https://good.example/ünïcode/%0d%0a",
    "https://good.example/https://evil.example",
  ])("is passed on as it was sent: %s", (value) => {
    expect(returnUrl("callbackUrl", value, origins)).toBe(value);
  });

  it.each([
    ["another origin", "https://evil"],
    ["no scheme", "//evil"],
    ["no scheme, of ours", "//good.example"],
    ["backslashes for slashes", "https:\\\\evil"],
    ["backslashes for slashes, of ours", "https:\\\\good.example"],
    ["ours as the name of a user", "https://good@evil"],
    ["ours as the name of a user, whole", "https://good.example@evil.example/"],
    ["a user's name at ours", "https://user@good.example/"],
    ["a user's password at ours", "https://user:password@good.example/"],
    ["a script", "javascript:alert(1)"],
    ["a script with our host", "javascript://good.example/%0aalert(1)"],
    ["data", "data:text/html,hello"],
    ["a line break", "https://good.example/\r\nSet-Cookie: a=b"],
    ["a line break in the scheme", "ht\ntps://good.example/"],
    ["a tab in the host", "https://good.exa\tmple/"],
    ["a space before", " https://good.example/"],
    ["a NUL", "https://good.example/\0"],
    ["letters that look alike", "https://gооd.example/"],
    ["a full stop that looks alike", "https://good。example/"],
    ["an address of another kind", "https://2130706433/"],
    ["ours as a part of another name", "https://good.example.evil/"],
    ["ours as the end of another name", "https://notgood.example/"],
    ["below ours", "https://sub.good.example/"],
    ["the root's full stop", "https://good.example./"],
    ["another port", "https://good.example:8443/"],
    ["no port where ours has one", "http://127.0.0.1/"],
    ["another scheme", "http://good.example/"],
    ["a slash too few", "https:/good.example/"],
    ["the host in percents", "https://%67ood.example/"],
    ["a user's name that is empty", "https://@good.example/"],
    ["ours as what some take for a user, before a query", "https://good.example?@evil.example/"],
    ["ours as what some take for a user, before a fragment", "https://good.example#@evil.example/"],
    ["ours as what some take for a user and password", "https://good.example?a=b&c@evil.example/"],
    ["a blob of ours", "blob:https://good.example/back"],
    ["a path", "/back"],
    ["no URL", "good.example"],
    ["nothing", ""],
    ["too much", `https://good.example/${"a".repeat(1000)}`],
  ])("A53: is refused without being repeated: %s", (_what, value) => {
    const refusal = refusalOf(value);
    expect(refusal).toMatchObject({ code: "BAD_USER_INPUT", argument: "callbackUrl" });
    expect(refusal?.message).toBe("`callbackUrl` leads to an origin that the operator has not allowed (RETURN_ORIGINS).");
  });

  it("A53: is refused whatever it is where no origin is allowed", () => {
    expect(refusalOf("https://good.example/", [])).toBeDefined();
    expect(refusalOf("javascript:alert(1)", [])).toBeDefined();
  });
});

describe("a URL that 7digital appends to", () => {
  it("is passed on as it was sent where it has no fragment", () => {
    const value = "https://good.example/back?a=b&c=d";
    expect(appendableUrl("errorUrl", value, origins)).toBe(value);
  });

  it.each(["https://good.example/back#", "https://good.example/back?a=b#/route"])("is refused with a fragment: %s", (value) => {
    expect(() => appendableUrl("errorUrl", value, origins)).toThrow(
      "`errorUrl` has a fragment (#…). 7digital would append its parameters to the fragment, where no server reads them. Leave it out.",
    );
  });

  it.each(["https://evil.example/", "http://127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]:4000/"])(
    "A54: leads to no other origin: %s",
    (value) => {
      expect(() => appendableUrl("errorUrl", value, origins)).toThrow("not allowed (RETURN_ORIGINS)");
    },
  );
});
