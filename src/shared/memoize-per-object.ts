/** One value for each object, made on first use and gone with the object. */
export function memoizePerObject<K extends object, V>(make: (object: K) => V): (object: K) => V {
  const values = new WeakMap<K, V>();
  return (object) => {
    const known = values.get(object);
    if (known !== undefined) return known;
    const made = make(object);
    values.set(object, made);
    return made;
  };
}
