/** Longer lines of a block are cut: one value must not fill a comment. */
const longestLine = 1_000;

/** A harmless line as a code span: nothing in it is Markdown, a link, or a mention of somebody. */
export function codeSpan(text: string): string {
  const fence = "`".repeat(longestRun(text) + 1);
  const edge = /^[` ]|[` ]$/.test(text) || text === "" ? " " : "";
  return `${fence}${edge}${text}${edge}${fence}`;
}

/** A code span inside a table, where a bar would end the cell whatever stands around it: a broken bar stands for it. */
export function cellSpan(text: string): string {
  return codeSpan(text.replaceAll("|", "¦"));
}

/** Harmless lines as a fenced block that none of them can end. */
export function fenced(lines: readonly string[], language: string): string {
  const fence = "`".repeat(Math.max(3, ...lines.map((line) => longestRun(line) + 1)));
  return `${fence}${language}\n${lines.map(cutLine).join("\n")}\n${fence}\n`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}

/** A line of a block, cut where it is longer than anybody reads. */
export function cutLine(line: string): string {
  if (line.length <= longestLine) return line;
  const kept = line.slice(0, longestLine).replace(/[\uD800-\uDBFF]$/, "");
  return `${kept}… (${line.length - kept.length} more characters)`;
}

/** As many of the blocks, from the first, as `room` holds, and how many are left out. */
export function fitting(
  blocks: readonly string[],
  room: number,
): { readonly kept: readonly string[]; readonly left: number } {
  let taken = 0;
  const kept: string[] = [];
  for (const block of blocks) {
    taken += block.length;
    if (taken > room) break;
    kept.push(block);
  }
  return { kept, left: blocks.length - kept.length };
}
