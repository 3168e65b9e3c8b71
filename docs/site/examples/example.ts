/** What an example is before and after it has run. */

/** An operation that this repository shows its readers. */
export interface Example {
  /** Last part of the address of its page, e.g. "release-chart". */
  readonly id: string;
  readonly title: string;
  readonly group: string;
  /** The file it stands in, relative to the root. */
  readonly file: string;
  /** As it stands in the file. */
  readonly text: string;
  /** With the fragments that it uses. */
  readonly document: string;
}

export interface ExampleRun extends Example {
  /** As sent. Empty where the operation has none, or its defaults serve. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly asUser: boolean;
  /** Of a subscription, its last result. */
  readonly response: Readonly<Record<string, unknown>>;
  /** How often each method of 7digital was called, beginning with an empty cache. */
  readonly calls: ReadonlyMap<string, number>;
}
