import type { Diagnostic } from "../core/errors.ts";
import { byText } from "../core/values.ts";

/** Diagnostics in the order of files, lines and columns; those without a place first. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    ({ place: left }, { place: right }) =>
      byText(left?.file ?? "", right?.file ?? "") ||
      (left?.line ?? 0) - (right?.line ?? 0) ||
      (left?.column ?? 0) - (right?.column ?? 0),
  );
}
