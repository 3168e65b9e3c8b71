/** What everything that belongs to one operation shares: who asks, the store it shops in, and one instance of whatever its fields need. */
import type { Client } from "../upstream/client.js";
import type { Session, Store, UserCredential } from "../upstream/session.js";

/** Who sends an operation. */
export interface Caller {
  /** Undefined without a user's credentials. */
  readonly user: UserCredential | undefined;
  /** Whether the operator's secret was sent: one of the operator's own servers. */
  readonly operator: boolean;
  /** Whether the gateway's secret was sent: the operator's own GraphQL gateway. */
  readonly gateway: boolean;
}

/** Makes an instance for a scope. The function itself is the key: `scope.use(provider)` calls it once. */
export type Provider<T> = (scope: Scope) => T;

export interface Scope extends Caller {
  readonly store: Store;
  /** Store and user. */
  readonly session: Session;
  /** Makes its calls on behalf of the operation. */
  readonly client: Client;
  /** The one instance that the provider makes in this scope, made on first use. */
  readonly use: <T>(provider: Provider<T>) => T;
  /** The same operation in another store. The same store, the same scope. */
  readonly in: (store: Store) => Scope;
}

/** A provider of what is made elsewhere and bound before the scope is created: a service of the process, or something of the caller. */
export function bound<T>(name: string): Provider<T> {
  return () => {
    throw new TypeError(`Nothing is bound to "${name}".`);
  };
}

/** Epoch milliseconds. */
export const clock = bound<() => number>("clock");

/** Instances by their providers. */
export class Bindings {
  private readonly instances = new Map<Provider<unknown>, unknown>();

  /** @param outer What is bound there is found here, too. */
  constructor(private readonly outer?: Bindings) {}

  bind<T>(provider: Provider<T>, instance: T): this {
    this.instances.set(provider, instance);
    return this;
  }

  has(provider: Provider<unknown>): boolean {
    return this.instances.has(provider) || this.outer?.has(provider) === true;
  }

  /** Of a provider that something is bound to. */
  get<T>(provider: Provider<T>): T {
    return (this.instances.has(provider) || this.outer === undefined ? this.instances.get(provider) : this.outer.get(provider)) as T;
  }
}

interface ScopeParts {
  readonly caller: Caller;
  readonly store: Store;
  readonly client: Client;
  readonly bindings: Bindings;
  /** Called when a field depends on who the user is, or on there being none. */
  readonly onUserAsked?: () => void;
}

/** A scope lives as long as its operation and is never shared between operations. */
export function createScope(parts: ScopeParts, scopes = new Map<string, Scope>()): Scope {
  const { caller, store, client } = parts;
  const { user, operator, gateway } = caller;
  let instances: Bindings | undefined;
  const scope: Scope = {
    get user() {
      parts.onUserAsked?.();
      return user;
    },
    operator,
    gateway,
    store,
    client,
    session: { store, user },
    use(provider) {
      instances ??= new Bindings(parts.bindings);
      if (!instances.has(provider)) instances.bind(provider, provider(scope));
      return instances.get(provider);
    },
    in(other) {
      return scopes.get(nameOf(other)) ?? createScope({ ...parts, store: other }, scopes);
    },
  };
  scopes.set(nameOf(store), scope);
  return scope;
}

function nameOf(store: Store): string {
  return "shopId" in store ? `shop ${store.shopId}` : `country ${store.country}`;
}
