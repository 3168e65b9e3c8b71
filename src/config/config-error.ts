/** Every mistake in a configuration, one a line. Never holds a value. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  constructor(readonly mistakes: readonly string[]) {
    super(`The configuration has ${String(mistakes.length)} mistake(s):\n${mistakes.map((mistake) => `  ${mistake}`).join("\n")}`);
  }
}
