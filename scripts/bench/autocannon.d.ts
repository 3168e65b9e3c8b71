/** The little of autocannon 9 that the load generator uses; it comes without types. */
declare module "autocannon" {
  import type { EventEmitter } from "node:events";

  interface Options {
    readonly url: string;
    readonly method: "POST";
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration?: number;
    /** Requests in all, instead of a duration. */
    readonly amount?: number;
    /** Milliseconds between looks at whether it is time to stop. */
    readonly sampleInt: number;
  }

  /** Emits `response` (client, status, bytes with headers, ms) and `reqError` (error). */
  function autocannon(options: Options, done: (error: Error | null) => void): EventEmitter;

  export = autocannon;
}
