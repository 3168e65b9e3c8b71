/** The colours of a picture. */

export interface Palette {
  /** Behind everything. */
  readonly ground: string;
  readonly shapes: readonly [string, string, string];
  /** Of the strip with the initials, and of the initials. */
  readonly strip: string;
  readonly ink: string;
}

function palette(ground: string, shapes: Palette["shapes"], strip: string, ink: string): Palette {
  return { ground, shapes, strip, ink };
}

export const palettes: readonly Palette[] = [
  palette("#f4e4c1", ["#d1495b", "#edae49", "#00798c"], "#003d5b", "#f4e4c1"),
  palette("#14213d", ["#fca311", "#e5e5e5", "#a94064"], "#0b1326", "#fca311"),
  palette("#2a9d8f", ["#e9c46a", "#f4a261", "#e76f51"], "#264653", "#f7ead0"),
  palette("#faf3dd", ["#8fc0a9", "#68b0ab", "#4a7c59"], "#2f4f3a", "#faf3dd"),
  palette("#3d348b", ["#7678ed", "#f7b801", "#f35b04"], "#241d5c", "#f7b801"),
  palette("#fff1e6", ["#ff85a1", "#f9bec7", "#7b2d5b"], "#4a1a37", "#ffe3ea"),
  palette("#0d1b2a", ["#778da9", "#415a77", "#e0e1dd"], "#e0e1dd", "#0d1b2a"),
  palette("#ffe8d6", ["#cb997e", "#6b705c", "#a5a58d"], "#3f4238", "#ffe8d6"),
  palette("#22223b", ["#c9ada7", "#9a8c98", "#f2e9e4"], "#f2e9e4", "#22223b"),
  palette("#ef476f", ["#ffd166", "#06d6a0", "#118ab2"], "#073b4c", "#ffd166"),
  palette("#e8f1f2", ["#13293d", "#1b98e0", "#247ba0"], "#13293d", "#e8f1f2"),
  palette("#582f0e", ["#b08968", "#ddb892", "#e6ccb2"], "#e6ccb2", "#582f0e"),
  palette("#f1faee", ["#e63946", "#457b9d", "#a8dadc"], "#1d3557", "#f1faee"),
  palette("#10002b", ["#9d4edd", "#e0aaff", "#5a189a"], "#240046", "#e0aaff"),
  palette("#fefae0", ["#dda15e", "#bc6c25", "#606c38"], "#283618", "#fefae0"),
  palette("#003049", ["#d62828", "#f77f00", "#fcbf49"], "#eae2b7", "#003049"),
];
