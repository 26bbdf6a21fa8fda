import type { Raw } from "./operation.ts";

/**
 * What a request says, for the call log: the parts of its path, its query and its body, a member of a member as `a.b` and the
 * first item of a list as `a.1`.
 */
export function flatten({ path, query, body }: Raw): Record<string, string> {
  return Object.fromEntries([path, query, body].flatMap((part) => leavesOf("", part)));
}

function leavesOf(name: string, value: unknown): [string, string][] {
  if (typeof value !== "object" || value === null) return name ? [[name, String(value)]] : [];
  const members = Array.isArray(value)
    ? value.map((item, index): [string, unknown] => [String(index + 1), item])
    : Object.entries(value);
  return members.flatMap(([key, member]) => leavesOf(name ? `${name}.${key}` : key, member));
}
