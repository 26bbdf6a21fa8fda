/** True where an address fits a pattern: `*` and `?` stay within a segment, `**` does not; anything else is itself. */
export function fits(pattern: string, address: string): boolean {
  const source = pattern
    .split(/(\*\*|\*|\?)/)
    .map((part) => wildcards.get(part) ?? part.replace(/[.+^${}()|[\]\\]/g, "\\$&"))
    .join("");
  return new RegExp(`^${source}$`).test(address);
}

const wildcards: ReadonlyMap<string, string> = new Map([
  ["**", ".*"],
  ["*", "[^/]*"],
  ["?", "[^/]"],
]);

/** True where an address fits one of the patterns. */
export function fitsAny(patterns: readonly string[], address: string): boolean {
  return patterns.some((pattern) => fits(pattern, address));
}
