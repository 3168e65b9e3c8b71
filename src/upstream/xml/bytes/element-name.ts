/** The name of an element, as its tags have it. */
import { Pattern } from "./words.js";

export class ElementName {
  /** "<name" */
  readonly open: Pattern;
  /** "</name" */
  readonly close: Pattern;

  constructor(readonly text: string) {
    this.open = new Pattern(`<${text}`);
    this.close = new Pattern(`</${text}`);
  }
}
