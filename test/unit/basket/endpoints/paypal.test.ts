import { expect, it } from "vitest";
import { basketPayPalUrl, basketStatus } from "../../../../src/basket/endpoints.js";
import { decoded } from "../../../support/decoded.js";

it("basket/paypalurl: gives the page at PayPal, and nothing else", () => {
  const url = "https://www.paypal.com/cgi-bin/webscr?token=EC-1";
  expect(decoded(basketPayPalUrl, `<expressCheckout><url>${url}</url></expressCheckout>`)).toEqual({ url });
  expect(() => decoded(basketPayPalUrl, "<expressCheckout><url>javascript:alert(1)</url></expressCheckout>")).toThrow("cannot be read");
  expect(basketPayPalUrl).toMatchObject({ verb: "GET", effect: "write" });
});

it("basket/{basketId}/status: tells whether the payment has succeeded", () => {
  expect(decoded(basketStatus, "<paymentStatus>Success</paymentStatus>")).toEqual({ paymentStatus: "Success" });
  expect(basketStatus).toMatchObject({ verb: "GET", effect: "read", params: { basketId: { optional: false } } });
});
