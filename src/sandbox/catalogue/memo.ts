/** Remembers the latest answers of a costly pure function. What falls out is computed again, with the same result. */

export function memo<T>(limit: number): (key: readonly unknown[], compute: () => T) => T {
  const kept = new Map<string, T>();
  return (parts, compute) => {
    // As JSON, so that no part can pass for two.
    const key = JSON.stringify(parts);
    const known = kept.get(key);
    const value = known ?? compute();
    kept.delete(key);
    kept.set(key, value);
    const oldest = kept.keys().next();
    if (kept.size > limit && oldest.done !== true) kept.delete(oldest.value);
    return value;
  };
}
