/** `7digital-graphql/sandbox`: the offline 7digital API, for your tests. docs/sandbox.md says what it does. */
import { cheatSheet } from "../sandbox/cheat-sheet.js";
import { startSandbox as start } from "../sandbox/sandbox.js";
import { sandboxSettings } from "./sandbox-settings.js";
import type { Settings } from "./settings.js";

export type { Settings, SettingValue } from "./settings.js";

export interface SandboxOptions {
  /** 0, which is the default, for any free one. */
  readonly port?: number;
  /** Address to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** Larger pages are cut down to it without an error, as later 7digital responses were. 500 by default. */
  readonly maxPageSize?: number;
  /** Calls that one consumer key may make in a UTC day; a million by default. */
  readonly dailyLimit?: number;
  /** The clock, in epoch milliseconds. */
  readonly now?: () => number;
}

export interface Sandbox {
  /** Of the API, e.g. "http://127.0.0.1:7700/1.2". */
  readonly url: string;
  /** The consumer that may sign calls. */
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** What `createServer`, `createGraph` and `createMiddleware` need to call this sandbox. */
  readonly settings: Settings;
  /** Who has an account, from the start and after a reset. */
  readonly users: readonly SandboxUser[];
  /** The last 5,000 calls, oldest first. */
  readonly calls: () => readonly SandboxCall[];
  /** How many calls there were, of a method or of all. */
  readonly callCount: (method?: string) => number;
  readonly clearCalls: () => void;
  /** What was sold since the start or the last reset, oldest first. */
  readonly sales: () => readonly SandboxSale[];
  /** Makes calls fail. @returns Takes the rule away again. */
  readonly addFault: (rule: FaultRule) => () => void;
  /** Forgets calls, faults and everything that calls have changed. */
  readonly reset: () => void;
  /** Ends open connections. */
  readonly close: () => Promise<void>;
}

export interface SandboxUser {
  readonly name: string;
  /** Both null for a user of a partner, who cannot sign in. */
  readonly emailAddress: string | null;
  readonly password: string | null;
  /** An access token, where the user has one from the start. */
  readonly token: { readonly token: string; readonly secret: string } | null;
  /** Null for users that no partner manages. */
  readonly partnerUserId: string | null;
  /** What becomes of a payment: "good", "expired", "declined", a code of 7digital's, or "none" without a card. */
  readonly card: string;
  /** What the user owns, in words. */
  readonly locker: string;
}

export interface SandboxCall {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly verb: string;
  /** As 7digital's document names it, e.g. "artist/details". */
  readonly method: string;
  /** Without credentials, vouchers and what names a person. */
  readonly params: Readonly<Record<string, string>>;
  readonly secure: boolean;
  readonly signed: boolean;
  /** HTTP status; 0 where the connection was reset or left hanging. */
  readonly status: number;
}

export interface SandboxSale {
  readonly purchaseId: number;
  /** As 7digital's document names it, e.g. "user/purchase/item". */
  readonly method: string;
  readonly items: readonly { readonly releaseId: number; readonly trackId: number | null }[];
  /** Decimal, e.g. "7.99". */
  readonly amount: string;
  readonly currencyCode: string;
}

export interface FaultRule {
  /** As 7digital's document names it, or "*" for every method. */
  readonly method: string;
  /** Parameters that the call must have with these values. */
  readonly params?: Readonly<Record<string, string>>;
  /** E-mail address of the user for whom the call is made, or a partner's ID of them. */
  readonly user?: string;
  /** How many calls it falls on; without it, all until it is removed. */
  readonly times?: number;
  readonly fault: Fault;
}

/** `when`: whether the method is executed before its response is struck. "before" means that it is not. */
export type Fault =
  | { readonly kind: "delay"; readonly ms: number; readonly when?: "before" | "after" }
  | { readonly kind: "status"; readonly status: number; readonly body?: string; readonly when?: "before" | "after" }
  /** An error of the API's own. */
  | { readonly kind: "error"; readonly code: number; readonly message: string; readonly when?: "before" | "after" }
  /** The response ends after so many bytes. */
  | { readonly kind: "truncate"; readonly bytes: number }
  /** The connection is reset. */
  | { readonly kind: "reset"; readonly when?: "before" | "after" }
  /** There is no response until the caller or the sandbox closes the connection. */
  | { readonly kind: "hang"; readonly when?: "before" | "after" };

/** @throws Error where the address is in use */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await start({ ...options, images: "sandbox" });
  const { baseUrl: url, journal, faults } = sandbox;
  const { consumer, users } = cheatSheet();
  return {
    url,
    consumerKey: consumer.key,
    consumerSecret: consumer.secret,
    settings: sandboxSettings(url, consumer),
    users,
    calls: () => journal.entries(),
    callCount: (method) => journal.count(method),
    clearCalls: () => journal.clear(),
    sales: () => [...sandbox.sales],
    addFault: (rule) => faults.add(rule),
    reset: () => sandbox.reset(),
    close: () => sandbox.close(),
  };
}
