/** What stands for something else in a manifest's texts: `$${` for `${`, and what `${var.x}` and `${env.X}` name. */
export const interpolationPattern = /\$\$\{|\$\{(var|env)\.([\w.-]+)\}/g;

/** A text as it has to be written to be read as it is: `${var.x}` becomes `$${var.x}`. */
export function withEscapes(text: string): string {
  return text.replace(interpolationPattern, (found) => `$${found}`);
}
