import { expect, it } from "vitest";
import { artistRecommend } from "../../../../src/catalogue/endpoints/artist.js";
import { decoded } from "../../../support/decoded.js";

it("artist/recommend: reads releases with prices that are empty, and no releases", () => {
  const price = `<price><currency code="GBP">&#163;</currency><value></value><formattedPrice>N/A</formattedPrice><onSale>false</onSale></price>`;
  const item = `<recommendedItem><release id="112835"><title>O</title><version></version>${price}</release></recommendedItem>`;
  const paging = "<page>1</page><pageSize>10</pageSize><totalItems>60</totalItems>";
  const { totalItems, items } = decoded(artistRecommend, `<recommendations>${paging}${item}</recommendations>`);
  expect(totalItems).toBe(60);
  expect(items).toMatchObject([
    { item: { releaseId: "112835", title: "O", version: null, price: { value: null, formattedPrice: "N/A" } } },
  ]);
  expect(decoded(artistRecommend, "<recommendations/>").items).toEqual([]);
});
