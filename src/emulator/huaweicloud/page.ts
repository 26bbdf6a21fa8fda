import type { Context, Reply } from "./operation.ts";

const DEFAULT = 20;
const LIMIT = 500;

/** A page of rows under `name`. A limit below 1 counts as the default, one above the most as that; an offset below 0 as 0. */
export function page(
  name: string,
  rows: readonly unknown[],
  query: { readonly offset?: number | undefined; readonly limit?: number | undefined },
  { pageLimit = LIMIT }: Pick<Context, "pageLimit">,
): Reply {
  const { offset = 0, limit = DEFAULT } = query;
  const from = Math.max(0, offset);
  const most = Math.min(limit < 1 ? DEFAULT : limit, LIMIT, pageLimit);
  const found = rows.slice(from, from + most);
  return { status: 200, body: { total: rows.length, size: found.length, [name]: found } };
}
