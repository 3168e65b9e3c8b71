/** The one call that spends money. */
import type { PurchaseFacts } from "../locker/decoders.js";
import type { Client } from "../upstream/client.js";
import { userDeliverItem } from "./endpoints/user-deliver-item.js";
import { userPurchaseBasket } from "./endpoints/user-purchase-basket.js";
import { userPurchaseItem } from "./endpoints/user-purchase-item.js";
import { userPurchasePricedItem } from "./endpoints/user-purchase-priced-item.js";
import { userPurchaseRrpItem } from "./endpoints/user-purchase-rrp-item.js";
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
