/** Runs at once where it has been quiet for so long, otherwise at the end of that time, with what came last. */
export function throttled<T>(everyMs: number, run: (latest: T) => void): (value: T) => void {
  let timer: NodeJS.Timeout | undefined;
  let latest: { readonly value: T } | undefined;
  const rest = (): void => {
    timer = setTimeout(() => {
      timer = undefined;
      if (latest === undefined) return;
      const { value } = latest;
      latest = undefined;
      rest();
      run(value);
    }, everyMs).unref();
  };
  return (value) => {
    if (timer !== undefined) {
      latest = { value };
      return;
    }
    rest();
    run(value);
  };
}
