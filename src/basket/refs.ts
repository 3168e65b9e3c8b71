/** The basket's types in the graph, before they have fields. */
import { builder } from "../graph/builder.js";
import type { BasketInStore, BasketLine } from "./reading.js";

export const basketRef = builder.objectRef<BasketInStore>("Basket");
export const basketLineRef = builder.objectRef<BasketLine>("BasketLine");
