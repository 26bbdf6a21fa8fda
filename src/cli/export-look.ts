import { CairnError, type Diagnostic, failure, fault } from "../core/errors.ts";
import { fieldOf } from "../core/fields.ts";
import type { Kind, Kinds } from "../core/kind.ts";
import { headsOf, keyOf } from "../core/live-names.ts";
import type { LiveObject } from "../core/live-object.ts";
import { didYouMean } from "../core/suggest.ts";
import type { LiveList } from "../engine/list-live.ts";
import { nothingCalled } from "./get-shown.ts";
import { liveFilters, liveRoots } from "./live-roots.ts";
import { aliasesWith, type Look, openLook, type Within } from "./looking.ts";
import type { RunContext } from "./run.ts";
import type { Session } from "./session.ts";

/** What an export found. With faults it is not all that was asked for. */
export type ExportLook = {
  /** Everything that was seen; what is not exported gives names to what lives in it. */
  readonly objects: readonly LiveObject[];
  readonly isExported: (object: LiveObject) => boolean;
  readonly faults: readonly Diagnostic[];
  /** What was not looked for, because nobody knows where. */
  readonly warnings: readonly Diagnostic[];
};

/** One list of a kind: exported, or only seen. */
type Part = LiveList & { readonly kind: Kind; readonly isExported: boolean };

/** What a look at one cloud needs. `called` collects the names of `--app` and `--cluster` that something has. */
type Search = {
  readonly kinds: Kinds;
  readonly chosen: readonly Kind[];
  readonly roots: Within;
  readonly open: (within: Within) => Look;
  readonly called: Set<string>;
};

/** Looks at all that is to be exported, in every configured cloud or in that of `--provider`. */
export async function lookForExport(session: Session, context: RunContext): Promise<ExportLook> {
  const { project, backend } = session;
  const { kinds } = project;
  const chosen = chosenKinds(kinds, context);
  const chosenIn = (alias: string) => project.providerOf(alias).provider.kinds.filter((kind) => chosen.includes(kind));
  const what = chosen.map(({ kind }) => kind).join(", ");
  const aliases = await aliasesWith(session, context, what, (alias) => chosenIn(alias).length > 0);
  const ledger = await backend.read();
  const roots = givenBy(liveRoots, context);
  const filters = givenBy(liveFilters, context);
  requireInside(kinds, filters, chosen);
  const called = new Set<string>();
  const looks = aliases.map((alias) => {
    const open = (within: Within) => openLook(session, alias, { ledger, within });
    const search = { kinds, chosen: chosenIn(alias), roots, open, called };
    return filters.size === 0 ? listed(search, open(roots)) : filtered(search, filters);
  });
  const parts = (await Promise.all(looks)).flat();
  const faults = parts.flatMap((part) => part.faults);
  if (faults.length === 0) requireCalled(kinds, filters, called);
  return together(parts, context.options.kinds.length > 0);
}

/** What the parts hold. What was read whole counts before what was listed; kinds that were asked for by name must be found. */
function together(parts: readonly Part[], isAsked: boolean): ExportLook {
  const whole = parts.filter(({ isExported }) => isExported);
  const exported = new Set(whole.flatMap(({ objects }) => objects.map(keyOf)));
  const all = [...parts.filter(({ isExported }) => !isExported), ...whole].flatMap(({ objects }) => objects);
  const blind = blindness(whole);
  return {
    objects: [...new Map(all.map((object) => [keyOf(object), object])).values()],
    isExported: (object) => exported.has(keyOf(object)),
    faults: [...parts.flatMap(({ faults }) => faults), ...(isAsked ? blind : [])],
    warnings: isAsked ? [] : blind.map((one) => ({ ...one, severity: "warning" })),
  };
}

/** `--kind`; `E_USAGE` for what is no kind. */
function chosenKinds(kinds: Kinds, { options }: RunContext): readonly Kind[] {
  const names = [...kinds.keys()];
  const faults = options.kinds
    .filter((name) => !kinds.has(name))
    .map((name) => {
      const help = didYouMean(name, names, `the kinds are ${names.join(", ")}`);
      return fault("E_USAGE", `"${name}" is no kind`, { help });
    });
  if (faults.length > 0) throw new CairnError(faults);
  return [...kinds.values()].filter(({ kind }) => options.kinds.length === 0 || options.kinds.includes(kind));
}

/** The values of options by the field that they are about. */
function givenBy(table: typeof liveRoots, { options }: RunContext): Within {
  const given = table.map(({ field, given: valuesIn }): [string, readonly string[]] => [field, valuesIn(options)]);
  return new Map(given.filter(([, values]) => values.length > 0));
}

/** The kind that fields of this name refer to. */
function targetOf(kinds: Kinds, field: string): Kind {
  const names = [...kinds.values()].flatMap((kind) => fieldOf(kind, field)?.reference ?? []);
  const target = names.flatMap((name) => kinds.get(name) ?? []).at(0);
  if (target === undefined) throw failure("E_INTERNAL", `no kind has a field ${field}`);
  return target;
}

/** A kind, what its objects live in, and so on upwards. */
function withParents(kinds: Kinds, kind: Kind): readonly Kind[] {
  const parents = headsOf(kind).flatMap((head) => kinds.get(fieldOf(kind, head)?.reference ?? "") ?? []);
  return [kind, ...parents.flatMap((parent) => withParents(kinds, parent))];
}

/** The chosen kinds whole, and what their objects live in as lists show it. */
async function listed({ kinds, chosen }: Pick<Search, "kinds" | "chosen">, look: Look): Promise<readonly Part[]> {
  const all = new Set(chosen.flatMap((kind) => withParents(kinds, kind)));
  return Promise.all(
    [...all].map(async (kind) => {
      const isExported = chosen.includes(kind);
      return { ...(await look.objects(kind, isExported ? "whole" : "listed")), kind, isExported };
    }),
  );
}

/** What of the chosen kinds lies in what the filters name, and that itself. */
async function filtered(search: Search, filters: Within): Promise<readonly Part[]> {
  const looks = [...filters].map(([field, names]) => inside(search, field, names));
  return (await Promise.all(looks)).flat();
}

async function inside(search: Search, field: string, names: readonly string[]): Promise<readonly Part[]> {
  const { kinds, roots, open, called } = search;
  const target = targetOf(kinds, field);
  const chosen = search.chosen.filter((kind) => withParents(kinds, kind).includes(target));
  if (chosen.length === 0) return [];
  const look = open(new Map());
  const isExported = chosen.includes(target);
  const all = await look.objects(target, isExported ? "whole" : "listed");
  const objects = all.objects.filter((object) => {
    const own = names.filter((name) => isCalled(look, target, object, name));
    for (const name of own) called.add(`${field} ${name}`);
    return own.length > 0;
  });
  const itself: Part = { ...all, objects, kind: target, isExported };
  if (objects.length === 0) return [itself];
  const within = new Map([...roots, [field, objects.map(({ live }) => live.id)]]);
  const below = chosen.filter((kind) => kind !== target);
  const parts = await listed({ kinds, chosen: below }, open(within));
  return [itself, ...parts.filter(({ kind }) => kind !== target)];
}

function isCalled(look: Look, kind: Kind, { live }: LiveObject, name: string): boolean {
  const own = kind.naming === undefined ? kind.identity(live.spec) : live.spec[kind.naming];
  const address = look.ownerOf(kind.kind, live.id);
  return [live.id, own, address].some((one) => one === name || one === `${kind.kind}/${name}`);
}

/** Throws `E_USAGE` where nothing of the chosen kinds could lie in what a filter names. */
function requireInside(kinds: Kinds, filters: Within, chosen: readonly Kind[]): void {
  const faults = [...filters.keys()].flatMap((field) => {
    const target = targetOf(kinds, field);
    if (chosen.some((kind) => withParents(kinds, kind).includes(target))) return [];
    const names = chosen.map(({ kind }) => kind).join(", ");
    const help = `leave --${field} out, or choose kinds whose objects lie in ${target.kind}`;
    return [fault("E_USAGE", `nothing of ${names} lies in ${target.kind}`, { help })];
  });
  if (faults.length > 0) throw new CairnError(faults);
}

/** Throws `E_TARGET` where a filter names what is in no cloud. */
function requireCalled(kinds: Kinds, filters: Within, called: ReadonlySet<string>): void {
  const faults = [...filters].flatMap(([field, names]) =>
    names
      .filter((name) => !called.has(`${field} ${name}`))
      .map((name) => nothingCalled(targetOf(kinds, field).kind, name)),
  );
  if (faults.length > 0) throw new CairnError(faults);
}

/** What is to be said of kinds of which nobody knows where to look, for each field that would tell. */
function blindness(parts: readonly Part[]): readonly Diagnostic[] {
  const fields = [...new Set(parts.flatMap(({ unscoped }) => unscoped))];
  return fields.map((field) => {
    const names = new Set(parts.flatMap(({ kind, unscoped }) => (unscoped.includes(field) ? [kind.kind] : [])));
    const option = liveRoots.find((root) => root.field === field)?.option;
    const message = `nothing was looked for of ${[...names].join(", ")}: neither the cloud nor the project tells of a ${field}`;
    return fault("E_INCOMPLETE", message, option === undefined ? {} : { help: `add ${option} ID` });
  });
}
