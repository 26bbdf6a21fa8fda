import { CairnError, type Diagnostic, failure, fault } from "../core/errors.ts";
import { maskLog } from "../core/mask.ts";
import { type Fields, isFields, type Value } from "../core/values.ts";
import type { View, ViewArgument, Views } from "../core/view.ts";
import { visibleAnswer } from "../render/visible-answer.ts";
import type { Shown } from "./get-shown.ts";
import { allTargets, findTarget } from "./live-target.ts";
import { type Look, openLook, scopeGiven, unscopedFault } from "./looking.ts";
import type { RunContext } from "./run.ts";
import type { Session } from "./session.ts";

/** A view, and where it is looked through. */
export type ChosenView = { readonly alias: string; readonly views: Views; readonly view: View };

/** One value of an argument: what the call gets for it, and what a row says of it. */
type Meant = { readonly shown: Fields; readonly params: Readonly<Record<string, string>> };

/** The rows of a view for what its arguments name; for everything that one could name where it is left out. */
export async function getView(
  session: Session,
  context: RunContext,
  { alias, views, view }: ChosenView,
  words: readonly string[],
): Promise<Shown> {
  const given = argumentsGiven(context, view, words);
  const look = openLook(session, alias, { ledger: await session.backend.read(), within: new Map() });
  const faults: Diagnostic[] = [];
  const meant = await Promise.all(
    view.arguments.map((argument) =>
      meaningOf(session, look, argument, { view, faults, text: given.get(argument.name) }),
    ),
  );
  if (faults.length > 0) throw new CairnError(faults);
  const cases = meant.reduce<readonly Meant[]>(
    (left, right) => left.flatMap((one) => right.map((other) => merged(one, other))),
    [{ shown: {}, params: {} }],
  );
  const api = await look.api();
  const read = async ({ shown, params }: Meant): Promise<readonly Fields[]> => {
    const rows = await views.read(api, view.name, params);
    return rows.map((row) => ({ ...shown, ...visible(view, row) }));
  };
  const rows = (await Promise.all(cases.map(read))).flat();
  const names = cases.length > 1 ? Object.keys(cases[0]?.shown ?? {}) : [];
  const { columns, lines } = view;
  return { rows, faults: [], columns: [...names, ...columns], ...(lines === undefined ? {} : { lines }) };
}

/** What the words and `--scope` say, by the name of the argument: words fill those that `--scope` does not name. */
function argumentsGiven(context: RunContext, view: View, words: readonly string[]): ReadonlyMap<string, string> {
  const names = view.arguments.map(({ name }) => name);
  const scoped = scopeGiven(context, view.name, names);
  const open = names.filter((name) => !scoped.has(name));
  if (words.length > open.length) {
    const takes = names.length === 0 ? "takes no argument" : `takes ${names.join(", ")}`;
    throw failure("E_USAGE", `${view.name} ${takes}; "${words[open.length]}" is one too many`);
  }
  const named = [...scoped].map(([name, values]): [string, string] => [name, values.at(-1) ?? ""]);
  return new Map([...named, ...words.map((word, index): [string, string] => [open[index] ?? "", word])]);
}

async function meaningOf(
  session: Session,
  look: Look,
  argument: ViewArgument,
  { view, faults, text }: { readonly view: View; readonly faults: Diagnostic[]; readonly text: string | undefined },
): Promise<readonly Meant[]> {
  const { name, parameter, kind, field } = argument;
  if (kind !== undefined) return objectsMeant(session, look, { ...argument, kind }, text);
  const values = text === undefined ? (field === undefined ? [] : look.known(field)) : [text];
  if (values.length === 0) faults.push(field === undefined ? lacking(view, argument) : unscopedFault(view.name, field));
  const shown = (value: string): Fields => (field === undefined ? {} : { [name]: value });
  return values.map((value) => ({ shown: shown(value), params: { [parameter]: value } }));
}

/** The objects that an argument names; all of its kind where it is left out. */
async function objectsMeant(
  { project: { kinds } }: Session,
  look: Look,
  argument: ViewArgument & { readonly kind: string },
  text: string | undefined,
): Promise<readonly Meant[]> {
  const { kind, beside } = argument;
  if (text === undefined) {
    return (await allTargets(kinds, look, kind)).map(({ id, scope }) => meantBy(argument, id, scope));
  }
  // An id that nothing else is needed of is taken as it is, unseen.
  if (beside === undefined && look.owned(kind, text) === undefined && looksLikeId(text))
    return [meantBy(argument, text, {})];
  const { id, scope } = await findTarget(kinds, look, kind, text);
  return [meantBy(argument, id, scope)];
}

/** Ids of clouds hold digits or are long; a name that looks like one is found by its own id. */
function looksLikeId(text: string): boolean {
  return /^\d+$|^(?=.*\d)[0-9a-z]{20,}$/i.test(text);
}

function meantBy(
  { name, parameter, beside = {} }: ViewArgument,
  id: string,
  scope: Readonly<Record<string, string>>,
): Meant {
  const further = Object.entries(beside).map(([other, path]): [string, string] => [other, scope[path] ?? ""]);
  return { shown: { [name]: id }, params: { [parameter]: id, ...Object.fromEntries(further) } };
}

function merged(one: Meant, other: Meant): Meant {
  return { shown: { ...one.shown, ...other.shown }, params: { ...one.params, ...other.params } };
}

function lacking({ name: view }: View, { name, meaning }: ViewArgument): Diagnostic {
  return fault("E_USAGE", `${view} needs ${name}: ${meaning}`, { help: `cairn get ${view} --scope ${name}=VALUE` });
}

function visible({ isLog }: View, row: Fields): Fields {
  const shown = visibleAnswer(isLog === true ? logTexts(row) : row);
  return isFields(shown) ? shown : {};
}

function logTexts(value: Value): Value {
  if (typeof value === "string") return maskLog(value);
  if (Array.isArray(value)) return value.map(logTexts);
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, logTexts(item)]));
}
