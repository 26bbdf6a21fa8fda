import { wholeOf } from "../../src/core/answer-fields.ts";
import { failure } from "../../src/core/errors.ts";
import { type Fields, isFields, type Value } from "../../src/core/values.ts";
import type { Views } from "../../src/core/view.ts";
import type { Action, Params } from "./action.ts";
import { actionNamed } from "./catalogue/catalogue.ts";
import type { RetailCloud } from "./client.ts";
import { idOf, textOf } from "./decode.ts";
import { collectPages, type Page, pageParams } from "./pages.ts";
import { type RetailView, retailcloudViews } from "./views.ts";

/** RetailCloud's views and the one way to read them. */
export const retailcloudLooks: Views = {
  all: retailcloudViews,
  read: async (api, name, params) => {
    const view = retailcloudViews.find((one) => one.name === name);
    if (view === undefined) throw failure("E_INTERNAL", `there is no view ${name}`);
    return rowsOf(api as RetailCloud, view, params);
  },
};

async function rowsOf(api: RetailCloud, view: RetailView, params: Params): Promise<readonly Fields[]> {
  const wanted = [...view.columns, ...view.fields, ...view.rows.split("."), view.lines ?? ""];
  const answers = wanted.flatMap((path) => path.split(".")).filter((field) => field !== "");
  const action = actionNamed(view.action, answers);
  const { key } = view;
  if (key === undefined) return listIn(await api.call<string>(action, params), view.rows);
  const rowKey = (row: Fields) =>
    key.map((field) => (field === key[0] ? idOf(row, field) : textOf(row, field))).join(" ");
  return collectPages((page) => onePage(api, view, { action, params, page }), action.name, rowKey);
}

/** A page in the form that every list has: some keep rows and total elsewhere. */
async function onePage(
  api: RetailCloud,
  view: RetailView,
  { action, params, page }: { readonly action: Action; readonly params: Params; readonly page: Page },
): Promise<Fields> {
  const answer = await api.call<string>(action, { ...params, ...pageParams(action, page) });
  const inside = at(answer, view.rows.split(".").slice(0, -1));
  const total = isFields(inside) ? wholeOf(inside, "TotalRecordCount") : undefined;
  return { Data: listIn(answer, view.rows), TotalCount: total ?? wholeOf(answer, "TotalCount") ?? 0 };
}

function listIn(answer: Fields, path: string): readonly Fields[] {
  const found = at(answer, path.split("."));
  if (isFields(found)) return [found];
  return Array.isArray(found) ? found.filter(isFields) : [];
}

function at(value: Value | undefined, path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>((inner, name) => (isFields(inner) ? inner[name] : undefined), value);
}
