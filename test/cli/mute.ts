/** The diagnostics in some lines of output that say nothing of what to do: neither behind a semicolon nor on a line of their own. */
export function mute(lines: readonly string[]): readonly string[] {
  return lines.filter((line, index) => {
    const isDiagnostic = /^(error|warning)\[E_\w+\]/.test(line);
    return isDiagnostic && !lines[index + 1]?.startsWith("  help: ") && !/[;?] ?\S/.test(line);
  });
}
