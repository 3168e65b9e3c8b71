/** Which fields of an object an answer includes. Each field lists the sets that it belongs to (`includedIn`), so that no set holds a
 *  name. A field that is in none of them may cost a call. */
export class IncludedFields {
  /** @param base A set whose fields are in this one too. */
  constructor(private readonly base?: IncludedFields) {}

  /** Whether all fields of the other set are in this one. */
  covers(other: IncludedFields): boolean {
    return this === other || this.base?.covers(other) === true;
  }
}

export const noFields = new IncludedFields();
