import picocolors from "picocolors";

/** Puts a text into one colour or weight; without colour it returns the text as it is. */
export type Brush = (text: string) => string;

/** The few looks that cairn's text output has. */
export type Paint = {
  readonly bold: Brush;
  readonly dim: Brush;
  readonly red: Brush;
  readonly green: Brush;
  readonly yellow: Brush;
  readonly cyan: Brush;
  readonly magenta: Brush;
};

/** The looks with or without colour. The caller decides once; nothing here asks the terminal or the environment. */
export function paintWith(colour: boolean): Paint {
  const { bold, dim, red, green, yellow, cyan, magenta } = picocolors.createColors(colour);
  return { bold, dim, red, green, yellow, cyan, magenta };
}
