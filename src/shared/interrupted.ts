/** What was under way ends here and may be begun again elsewhere: this process stops. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}
