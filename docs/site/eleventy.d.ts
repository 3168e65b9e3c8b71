/** What the build uses of Eleventy, which has no types of its own. */
declare module "@11ty/eleventy" {
  interface EleventyConfig {
    setTemplateFormats(formats: readonly string[]): void;
    setUseGitIgnore(use: boolean): void;
    addFilter(name: string, filter: (text: string) => unknown): void;
    addTemplate(path: string, content: string, data?: object): void;
  }
  interface Options {
    readonly quietMode: boolean;
    /** False: no file of configuration is looked for. */
    readonly configPath: false;
    readonly config: (config: EleventyConfig) => void;
  }
  interface Template {
    /** Without a base, e.g. "/apollo/". */
    readonly url: string;
    readonly content: string;
  }
  export default class Eleventy {
    constructor(input: string, output: string, options: Options);
    /** @returns What was copied, and what was written. */
    executeBuild(): Promise<readonly [unknown, readonly Template[]]>;
  }
}
