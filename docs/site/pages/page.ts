/** A page before it has its frame. */
export interface Page {
  /** Below the base, with a slash at its end; empty for the start page. */
  readonly path: string;
  readonly title: string;
  /** Which navigation it shows. */
  readonly section: "guides" | "reference" | "examples" | "decisions";
  readonly html: string;
}
