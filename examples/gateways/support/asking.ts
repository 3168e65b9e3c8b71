/** What clients of any gateway send and get. */

export type Headers = Readonly<Record<string, string>>;

export interface Asked {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly headers?: Headers;
}

export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

export interface Gateway {
  ask(asked: Asked): Promise<Answer>;
  close(): Promise<void>;
}

/** As it would arrive over HTTP. */
export function asSent(answer: unknown): Answer {
  return JSON.parse(JSON.stringify(answer)) as Answer;
}
