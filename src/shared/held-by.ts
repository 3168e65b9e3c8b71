/** One of something for each holder, made when it is first asked for and gone with the holder: what an operation or a process shares
 *  without everybody having to pass it on. */
export function heldBy<K extends object, V>(make: (holder: K) => V): (holder: K) => V {
  const held = new WeakMap<K, V>();
  return (holder) => {
    const known = held.get(holder);
    if (known !== undefined) return known;
    const made = make(holder);
    held.set(holder, made);
    return made;
  };
}
