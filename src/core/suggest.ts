import { byText } from "./values.ts";

/** The number of single-character edits, swaps of neighbours among them, that turn one text into the other. */
function distance(left: string, right: string): number {
  let before: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const next = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      const edits = [at(last, column) + 1, at(next, column - 1) + 1, at(last, column - 1) + (same ? 0 : 1)];
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) edits.push(at(before, column - 2) + 1);
      next.push(Math.min(...edits));
    }
    before = last;
    last = next;
  }
  return at(last, right.length);
}

/** A cell of a row; the recurrence above asks for existing ones only. */
function at(row: readonly number[], column: number): number {
  return Number(row[column]);
}

/**
 * The candidate that a misspelt name most likely meant: the fewest edits, letter case not counted; undefined where more
 * than a third of the name would have to change. Ties go to the first in text order.
 */
export function closest(name: string, candidates: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  // Of a single letter nothing would be left to recognise it by.
  const limit = Math.min(wanted.length - 1, Math.max(1, Math.floor(wanted.length / 3)));
  let best: string | undefined;
  let fewest = limit + 1;
  for (const candidate of [...candidates].sort(byText)) {
    if (Math.abs(candidate.length - wanted.length) > limit) continue;
    const edits = distance(wanted, candidate.toLowerCase());
    if (edits >= fewest) continue;
    best = candidate;
    fewest = edits;
  }
  return best;
}

/** The cure for an unknown name: `did you mean "x"?` where a candidate is close, else the given words. */
export function didYouMean(name: string, candidates: Iterable<string>, otherwise: string): string {
  const meant = closest(name, candidates);
  return meant === undefined ? otherwise : `did you mean "${meant}"?`;
}
