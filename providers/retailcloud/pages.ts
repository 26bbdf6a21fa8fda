import { wholeOf } from "../../src/core/answer-fields.ts";
import { type CloudAnswer, failure } from "../../src/core/errors.ts";
import type { Fields } from "../../src/core/values.ts";
import { openRowLimit } from "../../src/http/row-limit.ts";
import type { Action } from "./action.ts";
import { listIn } from "./decode.ts";

/** The largest page that any list documents. */
const pageSize = 100;
/** No account has more pages; a server that ignores the page number answers for ever. */
const mostPages = 1000;

/** One page of a list. */
export type Page = { readonly PageNumber: number; readonly PageSize: number };

/** Which page is asked for, under the names that the action has for it: some say `PageNum`. */
export function pageParams({ query = [] }: Action, page: Page): Readonly<Record<string, number>> {
  return query.includes("PageNum") ? { PageNum: page.PageNumber, PageSize: page.PageSize } : page;
}

/**
 * Collects a paged list: pages 1, 2, 3 … of one size until there are as many rows as the newest `TotalCount` says, or a page is
 * empty, whatever page size was answered. Rows count once by their id, because they can shift between two calls. A list that
 * ends before its `TotalCount`, or does not end, is `E_INCOMPLETE`: nothing may be concluded from what it lacks.
 */
export async function collectPages(
  fetchPage: (page: Page) => Promise<Fields>,
  action: string,
  id: (row: Fields) => string,
): Promise<readonly Fields[]> {
  const rows = new Map<string, Fields>();
  const isWithin = openRowLimit();
  for (let page = 1; page <= mostPages; page += 1) {
    const answer = await fetchPage({ PageNumber: page, PageSize: pageSize });
    const found = listIn(answer, "Data");
    for (const row of found) rows.set(id(row), row);
    const total = wholeOf(answer, "TotalCount") ?? 0;
    if (isWhole(found.length, rows.size, total)) return [...rows.values()];
    if (found.length === 0) throw incomplete(action, `page ${page} is empty after ${rows.size} of ${total} rows`);
    if (!isWithin(found, rows.size)) break;
  }
  throw incomplete(action, `it goes on after ${rows.size} rows without an end`);
}

/** A count of nothing says nothing while rows still come: then only an empty page is the end. */
function isWhole(found: number, collected: number, total: number): boolean {
  return collected >= total && (total > 0 || found === 0);
}

/** The error of a list of which only a part was seen. */
export function incomplete(action: string, what: string) {
  const cloud: CloudAnswer = { action };
  return failure("E_INCOMPLETE", `${action} gave only a part of its list: ${what}`, {
    help: "run the same command again; nothing is concluded from a list that is not whole",
    cloud,
  });
}
