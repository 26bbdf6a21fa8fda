import { safeLine } from "./safe-text.ts";

/** `project`, or `project (stack name)`, harmless. */
export function projectText({ project, stack }: { readonly project: string; readonly stack?: string }): string {
  return safeLine(stack === undefined ? project : `${project} (stack ${stack})`);
}
