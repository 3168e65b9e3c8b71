/** The one call that spends money. */
import type { PurchaseFacts } from "../locker/decoders.js";
import type { Client } from "../upstream/client.js";
import { userDeliverItem, userPurchaseBasket, userPurchaseItem, userPurchasePricedItem, userPurchaseRrpItem } from "./endpoints.js";
import type { Order } from "./order.js";

/** @throws UpstreamError */
export async function sendOrder(order: Order, client: Client): Promise<PurchaseFacts> {
  const { user, store } = order;
  const session = { user, store };
  switch (order.method) {
    case "item":
      return client.call(userPurchaseItem, { ...order.item, price: order.price, tags: order.tags }, session);
    case "rrpItem":
      return client.call(userPurchaseRrpItem, { ...order.item, price: order.price, tags: order.tags }, session);
    case "priceditem":
      return client.call(userPurchasePricedItem, { ...order.item, price: order.price }, session);
    case "basket":
      return client.call(userPurchaseBasket, { basketId: order.basketId, tags: order.tags }, session);
    case "deliveritem": {
      const { item, transactionId, retailPrice, emailAddress } = order;
      return client.call(userDeliverItem, { ...item, transactionId, retailPrice, emailAddress }, session);
    }
  }
}
