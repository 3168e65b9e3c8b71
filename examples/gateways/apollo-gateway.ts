/** A gateway by @apollo/gateway, which passes on what the music API needs to know of a request. */
import { ApolloGateway, RemoteGraphQLDataSource, type GraphQLDataSourceProcessOptions } from "@apollo/gateway";

// #region apollo-gateway
interface ClientRequest {
  /** Of the client's request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Passes on the store and the user of a request, and says that it is the operator's own gateway. */
class MusicDataSource extends RemoteGraphQLDataSource<ClientRequest> {
  constructor(
    override readonly url: string,
    private readonly secret: string,
  ) {
    super({ url });
  }

  override willSendRequest({ request, context: asked }: GraphQLDataSourceProcessOptions<ClientRequest>): void {
    const { headers = {} } = asked as ClientRequest;
    for (const name of ["x-7d-country", "x-7d-shop-id", "authorization"]) {
      const value = headers[name];
      if (value !== undefined) request.http?.headers.set(name, value);
    }
    request.http?.headers.set("x-7d-gateway-secret", this.secret);
  }
}

export function createApolloGateway(supergraphSdl: string, secret: string): ApolloGateway {
  return new ApolloGateway({ supergraphSdl, buildService: ({ url }) => new MusicDataSource(url ?? "", secret) });
}
// #endregion apollo-gateway
