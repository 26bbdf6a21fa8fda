import { failure } from "../../src/core/errors.ts";
import type { Fields } from "../../src/core/values.ts";
import { openRowLimit } from "../../src/http/row-limit.ts";
import { listIn } from "./decode.ts";
import type { Operation } from "./operation.ts";

/** The most rows that the API puts on a page; it reduces a larger size without a word. */
const pageSize = 500;

/** No list of a project is longer than this many pages of its API. */
const mostPages = 1000;

/**
 * Collects the rows of a paged list, each once by its id: objects that come or go meanwhile shift the rows behind them. The list
 * is complete when as many have come as the newest `total` says, without one when a page is empty; `E_INCOMPLETE` where an
 * empty page comes before that.
 */
export async function collectPages(
  page: (part: { readonly offset: number; readonly limit: number }) => Promise<Fields>,
  { name }: Pick<Operation, "name">,
  rows: { readonly in: string; readonly id: (row: Fields) => string },
): Promise<readonly Fields[]> {
  const found = new Map<string, Fields>();
  const isWithin = openRowLimit();
  let offset = 0;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const body = await page({ offset, limit: pageSize });
    const shown = listIn(body, rows.in);
    for (const row of shown) found.set(rows.id(row), row);
    offset += shown.length;
    const { total } = body;
    const isLast = typeof total === "number" ? found.size >= total : shown.length === 0;
    if (isLast) return [...found.values()];
    if (shown.length === 0) throw incomplete(name, found.size, `of ${total}`);
    if (!isWithin(shown, found.size)) break;
  }
  throw incomplete(name, found.size, "and more after that");
}

function incomplete(name: string, seen: number, rest: string) {
  return failure("E_INCOMPLETE", `${name}: the pages ended after ${seen} rows ${rest}`, {
    help: "run the same command again: the list may have changed while it was read",
  });
}
