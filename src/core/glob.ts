/**
 * True where an address fits a pattern: `*` and `?` stay within a segment, `**` does not; anything else is itself. Takes time
 * in proportion to both lengths, however many wildcards there are.
 */
export function fits(pattern: string, address: string): boolean {
  const steps = pattern.match(/\*\*|./gsu) ?? [];
  // Which beginnings of the pattern fit what was read so far, by their number of steps.
  let fitting = new Set<number>([0]);
  addSkipped(fitting, steps);
  for (const character of address) {
    fitting = new Set([...fitting].flatMap((at) => after(steps[at], at, character)));
    addSkipped(fitting, steps);
  }
  return fitting.has(steps.length);
}

/** Where a step of the pattern leads by one character. */
function after(step: string | undefined, at: number, character: string): readonly number[] {
  if (step === "**") return [at];
  if (step === "*" || step === "?") return character === "/" ? [] : [step === "*" ? at : at + 1];
  return step === character ? [at + 1] : [];
}

/** Adds what is reached where stars stand for nothing. */
function addSkipped(fitting: Set<number>, steps: readonly string[]): void {
  for (const at of fitting) if (steps[at] === "*" || steps[at] === "**") fitting.add(at + 1);
}

/** True where an address fits one of the patterns. */
export function fitsAny(patterns: readonly string[], address: string): boolean {
  return patterns.some((pattern) => fits(pattern, address));
}
