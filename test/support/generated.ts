/** Before the tests: generates the typed documents when they are stale. A document that does not fit the schema is told here and then
 *  fails the tests that use it, not all the others. */
import { generateWhenStale } from "../../scripts/codegen.js";
import { generateExampleFiles } from "../../scripts/example-files.js";

export function setup(): void {
  for (const generate of [generateWhenStale, generateExampleFiles]) {
    try {
      generate();
    } catch (error) {
      console.error("Typed documents could not be generated; tests that use them will fail.", error);
    }
  }
}
