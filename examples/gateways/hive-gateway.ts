/** Hive Gateway, which passes on what the music API needs to know of a request. */
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";

// #region hive-gateway
export function createHiveGateway(supergraphSdl: string, secret: string) {
  return createGatewayRuntime({
    supergraph: supergraphSdl,
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) => ({
        "x-7d-gateway-secret": secret,
        "x-7d-country": request.headers.get("x-7d-country") ?? "",
        "x-7d-shop-id": request.headers.get("x-7d-shop-id") ?? "",
        authorization: request.headers.get("authorization") ?? "",
      }),
    },
  });
}
// #endregion hive-gateway
