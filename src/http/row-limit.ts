import type { Fields } from "../core/values.ts";

/** No account has lists like this; a server that never ends its pages must not fill the memory. */
const mostRows = 100_000;
const mostCharacters = 64 * 2 ** 20;
/** So many pages in a row without a new row: the server repeats itself. */
const mostRepeats = 3;

/**
 * Watches the pages of one list as they come in: what is on the page, and how many different rows there are by now. False as
 * soon as the rows are more or larger than those of any list, or nothing new comes any more.
 */
export function openRowLimit(): (page: readonly Fields[], different: number) => boolean {
  let rows = 0;
  let characters = 0;
  let before = 0;
  let repeats = 0;
  return (page, different) => {
    rows += page.length;
    characters += page.reduce((sum, row) => sum + JSON.stringify(row).length, 0);
    repeats = different === before ? repeats + 1 : 0;
    before = different;
    return rows <= mostRows && characters <= mostCharacters && repeats < mostRepeats;
  };
}
