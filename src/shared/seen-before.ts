/** Remembers roughly which of many names came lately, in a fixed number of bytes. What is only ever asked for once is not worth being kept.
 *  @see Einziger, Friedman, Manes, "TinyLFU" (the doorkeeper) */

const slots = 65_536;

export class SeenBefore {
  private readonly hashes = new Uint32Array(slots);

  /** Whether the name came lately; other names with the same hash count as the same. From now on it did. */
  note(name: string): boolean {
    const hash = hashOf(name);
    const slot = hash % slots;
    if (this.hashes[slot] === hash) return true;
    this.hashes[slot] = hash;
    return false;
  }
}

/** FNV-1a. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
