import type { Traits } from "../core/traits.ts";
import { type Fields, isFields, sameValue, type Value } from "../core/values.ts";
import { align } from "./align.ts";
import { asWritten } from "./as-written.ts";
import { withoutEscapes } from "./interpolate.ts";
import type { Laid } from "./laid.ts";
import { layOut } from "./layout.ts";
import { membersEdits, type NewMember } from "./members-edit.ts";
import { mergedFrom, type Obstacle, obstacleAt, obstacleIn } from "./obstacle.ts";
import { replacementEdits } from "./replacement-edits.ts";
import { scalarText } from "./scalar-text.ts";
import { applyEdits, columnOf, type TextEdit } from "./text-edit.ts";
import { readCore } from "./yaml-scalar.ts";

/** How lists are held against each other. */
type Arrangement = Pick<Traits, "unordered" | "yaml">;

/** A field as it is read now, and as it is to be read; undefined: not set. */
export type SplicedField = {
  readonly field: string;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
  readonly arrangement: Arrangement;
};

/** A value that a `$file` holds, by its path in the spec. */
export type FileChange = { readonly path: string; readonly before: Value | undefined; readonly after: Value };

/** What has to be edited, what cannot, and what is for other files. */
export type Splice = {
  readonly edits: readonly TextEdit[];
  readonly obstacles: readonly Obstacle[];
  readonly files: readonly FileChange[];
};

type Run = {
  readonly source: string;
  /** True in manifests: texts may hold interpolations, and maps may stand for files. */
  readonly templates: boolean;
  readonly edits: TextEdit[];
  readonly obstacles: Obstacle[];
  readonly files: FileChange[];
};

type Site = {
  readonly laid: Laid;
  /** True inside brackets. */
  readonly flow: boolean;
  /** The column of what it belongs to: its key, or its `-`. */
  readonly column: number;
  readonly path: string;
  readonly arrangement: Arrangement;
};

/**
 * The edits that let fields of a map read as wanted; `source` is the text of its document. Nothing else of the document
 * changes. Paths of obstacles and files begin with the name of their field. Pure.
 */
export function splice(source: string, holder: Laid, fields: readonly SplicedField[]): Splice {
  const run: Run = { source, templates: true, edits: [], obstacles: [], files: [] };
  const site: Site = { laid: holder, flow: false, column: 0, path: "", arrangement: {} };
  const hindered = fields.flatMap(({ field, after }) => {
    const obstacle = obstacleAt(holder, field, true);
    return obstacle === undefined ? [] : [{ obstacle, after }];
  });
  for (const { obstacle, after } of hindered) hinder(run, obstacle, after);
  if (hindered.length > 0) return run;
  const [before, after] = [sideOf(fields, "before"), sideOf(fields, "after")];
  visitFields(run, site, before, after, (name) => fields.find(({ field }) => field === name)?.arrangement ?? {});
  return run;
}

function sideOf(fields: readonly SplicedField[], side: "before" | "after"): Fields {
  const entries = fields.flatMap((one): [string, Value][] => {
    const value = one[side];
    return value === undefined ? [] : [[one.field, value]];
  });
  return Object.fromEntries(entries);
}

/** The edits that let the YAML in a text read as wanted, where it holds that value now. Throws js-yaml's error for no YAML. */
export function spliceText(source: string, before: Value, after: Value, arrangement: Arrangement): Splice {
  const run: Run = { source, templates: false, edits: [], obstacles: [], files: [] };
  const laid = layOut(source);
  if (laid !== undefined) visit(run, { laid, flow: false, column: 0, path: "", arrangement }, before, after);
  return run;
}

function visit(run: Run, site: Site, before: Value | undefined, after: Value): void {
  const { laid, path } = site;
  if (sameValue(before, after)) return;
  const obstacle = obstacleAt(laid, path, run.templates);
  if (obstacle !== undefined) hinder(run, obstacle, after);
  else if (run.templates && laid.entries.some(({ key }) => key.text === "$file"))
    run.files.push({ path, before, after });
  else if (isFields(before) && isFields(after)) visitMap(run, site, before, after);
  else if (Array.isArray(before) && Array.isArray(after) && laid.items.length === before.length)
    visitItems(run, site, before, after);
  else replace(run, site, before, after);
}

function visitMap(run: Run, site: Site, before: Fields, after: Fields): void {
  if (site.laid.form === "map") visitFields(run, site, before, after, () => inside(site.arrangement));
  else if (site.laid.text === "") replace(run, site, before, after);
  else visitText(run, site, before, after);
}

/** Only the outermost list has the identity that its field declares. */
function inside({ yaml }: Arrangement): Arrangement {
  return yaml === true ? { yaml } : {};
}

/** A map that is written as the text of YAML. */
function visitText(run: Run, site: Site, before: Fields, after: Fields): void {
  const { laid, flow, column, path } = site;
  const text = run.templates ? withoutEscapes(laid.text) : laid.text;
  const { edits, obstacles } = spliceText(text, before, after, site.arrangement);
  run.obstacles.push(...obstacles.map((one) => ({ ...one, path, offset: laid.start, origin: laid.start })));
  const written = String(inPlace(run, applyEdits(text, edits), laid.text));
  const change = { source: run.source, laid, flow, column, before: text, after: written };
  if (edits.length > 0) run.edits.push({ start: laid.start, end: laid.end, text: scalarText(change) });
}

function visitFields(
  run: Run,
  site: Site,
  before: Fields,
  after: Fields,
  arrangementOf: (name: string) => Arrangement,
): void {
  const { laid, path } = site;
  const { source } = run;
  const gone = new Set<number>();
  const added: NewMember[] = [];
  const flow = site.flow || laid.flow;
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [ownOf(before, name), ownOf(after, name)];
    const own = path === "" ? name : `${path}.${name}`;
    const index = laid.entries.findIndex(({ key }) => nameOf(key) === name);
    const entry = laid.entries[index];
    if (sameValue(old, now)) continue;
    if (entry === undefined) added.push(...newField(run, laid, own, name, now));
    else if (now === undefined) remove(run, entry.value, own, () => gone.add(index));
    else {
      const spot = { laid: entry.value, flow, column: columnOf(source, entry.key.start), path: own };
      visit(run, { ...spot, arrangement: arrangementOf(name) }, old, now);
    }
  }
  if (gone.size + added.length > 0) run.edits.push(...membersEdits({ source, laid, flow, gone, added }));
}

/** A field that is not written in a map: new, or brought in from elsewhere. */
function newField(run: Run, laid: Laid, path: string, name: string, value: Value | undefined): readonly NewMember[] {
  const merged = mergedFrom(laid, name);
  if (merged === undefined) {
    return value === undefined ? [] : [{ after: laid.entries.length - 1, name, value: inPlace(run, value) }];
  }
  const { alias, target } = merged;
  const { anchor = "", start } = alias;
  hinder(run, { type: "merge", path, offset: start, anchor, origin: target.start }, value);
  return [];
}

function visitItems(run: Run, site: Site, before: readonly Value[], after: readonly Value[]): void {
  const { laid, path, arrangement } = site;
  const flow = site.flow || laid.flow;
  const { same, gone, added } = align(before, after, arrangement);
  const going = new Set<number>();
  for (const [old, now] of same) {
    const item = laid.items[old] ?? laid;
    const column = columnOf(run.source, item.dash);
    const spot: Site = { laid: item, flow, column, path: `${path}.${old}`, arrangement: inside(arrangement) };
    visit(run, spot, before[old], after[now] ?? null);
  }
  for (const index of gone) remove(run, laid.items[index] ?? laid, `${path}.${index}`, () => going.add(index));
  const members = added.map(({ after: place, index }) => ({
    after: place,
    value: inPlace(run, after[index] ?? null),
  }));
  if (going.size + members.length > 0)
    run.edits.push(...membersEdits({ source: run.source, laid, flow, gone: going, added: members }));
}

function remove(run: Run, laid: Laid, path: string, then: () => void): void {
  const obstacle = laid.form === "alias" ? undefined : obstacleIn(laid, path, run.templates);
  if (obstacle === undefined) then();
  else run.obstacles.push(obstacle);
}

/** Writes a value where one of another shape stands. */
function replace(run: Run, site: Site, before: Value | undefined, after: Value): void {
  const { source } = run;
  const obstacle = obstacleIn(site.laid, site.path, run.templates);
  if (obstacle !== undefined) hinder(run, obstacle, after);
  else run.edits.push(...replacementEdits({ ...site, source, before, after: inPlace(run, after, site.laid.text) }));
}

function hinder(run: Run, obstacle: Obstacle, wanted: Value | undefined): void {
  run.obstacles.push(wanted === undefined ? obstacle : { ...obstacle, wanted });
}

/** What is to be written for a value: only manifests have escapes. */
function inPlace({ templates }: Run, value: Value, old?: string): Value {
  return templates ? asWritten(value, old) : value;
}

/** What the value of a map has as the name of a field. */
function nameOf(key: Laid): string {
  const { text, form } = key.target ?? key;
  return form === "plain" ? String(readCore(text)) : text;
}

function ownOf(value: Fields, name: string): Value | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
