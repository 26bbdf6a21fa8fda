import { CairnError, failure } from "../../core/errors.ts";
import { closest } from "../../core/suggest.ts";
import { renderRows } from "../../render/rows-text.ts";
import { getKind } from "../get-kind.ts";
import type { Shown } from "../get-shown.ts";
import { type ChosenView, getView } from "../get-view.ts";
import type { RunContext } from "../run.ts";
import { type Session, withSession } from "../session.ts";

/** `cairn get KIND|VIEW [NAME…]`: live objects of a kind, whoever owns them, or the rows of a view. Changes nothing. */
export function runGet(context: RunContext): Promise<number> {
  const { options, output } = context;
  return withSession(context, options, async (session) => {
    const shown = await look(session, context);
    if (shown.faults.length === 0) output.json(shown.rows);
    if (output.wants("text")) output.text(await tableOf(context, shown));
    if (shown.faults.length > 0) throw new CairnError(shown.faults);
    return 0;
  });
}

async function look(session: Session, context: RunContext): Promise<Shown> {
  const [what = "", ...names] = context.arguments;
  const { kinds } = session.project;
  const kind = kinds.get(what);
  if (kind !== undefined) return getKind(session, context, kind, names);
  const views = await viewsOf(session, context);
  const found = views.filter(({ view }) => view.name === what);
  const [first, second] = found;
  if (first === undefined) throw unknown(what, [...kinds.keys()], [...new Set(views.map(({ view }) => view.name))]);
  if (second === undefined) return getView(session, context, first, names);
  throw failure("E_USAGE", `${what} is a view of ${found.map(({ alias }) => alias).join(" and ")}`, {
    help: "add --provider and one of these",
  });
}

/** Every view of the configured providers, or of the one that `--provider` names. */
async function viewsOf({ project }: Session, { options }: RunContext): Promise<readonly ChosenView[]> {
  const aliases = options.provider === undefined ? [...project.clouds.keys()] : [options.provider];
  const all = aliases.map(async (alias) => {
    const views = await project.providerOf(alias).provider.views?.();
    return views === undefined ? [] : views.all.map((view) => ({ alias, views, view }));
  });
  return (await Promise.all(all)).flat();
}

function unknown(what: string, kinds: readonly string[], views: readonly string[]): CairnError {
  const near = closest(what, [...kinds, ...views]);
  const all = `the kinds are ${kinds.join(", ")}; the views are ${views.join(", ")}`;
  return failure("E_USAGE", `"${what}" is neither a kind nor a view`, {
    help: near === undefined ? all : `did you mean "${near}"? ${all}`,
  });
}

async function tableOf({ output, world }: RunContext, shown: Shown): Promise<string> {
  const { isTTY, columns } = world.stdout;
  return renderRows(shown, { paint: await output.paint("stdout"), ...(isTTY ? { columns } : {}) });
}
