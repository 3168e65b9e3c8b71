/** Methods of the 7digital API that its document does not have, with what shows that they exist. A method here is as complete as one of the
 *  document, unless it says why it has no field or is not declared. scripts/coverage.ts fails where such a reason is missing or out of date. */
import type { ApiMethod } from "./api-methods.js";

export const laterMethods: readonly ApiMethod[] = [
  {
    section: "Basket",
    path: "basket/{basketId}/status",
    notDeclared: "Only whether a payment in progress has succeeded is recorded, in a stub: not how such a payment begins.",
  },
];
