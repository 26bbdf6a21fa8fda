import type { Value } from "../core/values.ts";
import type { Laid } from "./laid.ts";
import { columnOf, lineBreak, lineEnd, lineStart, linesRemoval, nextLine, type TextEdit } from "./text-edit.ts";
import { elementLines, fieldLines, flowField, flowText, mayHaveLines } from "./value-text.ts";

/** Something new in a collection: a field where it has a name, else an element. */
export type NewMember = {
  /** Index of the member that it stands behind; -1 for the beginning. */
  readonly after: number;
  readonly name?: string;
  readonly value: Value;
};

/** What becomes of the members of a map or a list that is written out. */
export type MembersChange = {
  readonly source: string;
  readonly laid: Laid;
  /** True inside brackets. */
  readonly flow: boolean;
  /** Which members go, by index. */
  readonly gone: ReadonlySet<number>;
  readonly added: readonly NewMember[];
};

type Span = { readonly start: number; readonly end: number };
type Work = MembersChange & { readonly members: readonly Span[]; readonly lineBreak: string };

/**
 * The edits that take members away and add others, each on lines of its own where the collection is written so. A comment on
 * the line of what goes, goes with it; comments on lines of their own stay.
 */
export function membersEdits(change: MembersChange): readonly TextEdit[] {
  const { laid, source, gone, added } = change;
  const members: readonly Span[] =
    laid.form === "map"
      ? laid.entries.map(({ key, value }) => ({ start: key.start, end: value.end }))
      : laid.items.map(({ dash, end }) => ({ start: dash, end }));
  const work: Work = { ...change, members, lineBreak: lineBreak(source) };
  const kept = members.flatMap((_, index) => (gone.has(index) ? [] : [index]));
  if (kept.length === 0) return added.length === 0 ? emptied(work) : refilled(work);
  const removals = leadingRun(work) ?? [];
  const rest = [...gone].filter((index) => removals.length === 0 || index > (kept[0] ?? 0));
  const placed = added.map((one) => ({ ...one, after: Math.max(-1, ...kept.filter((index) => index <= one.after)) }));
  return [
    ...removals,
    ...rest.map((index) => removal(work, index)),
    ...placed.flatMap((one) => insertion(work, one, kept[0] ?? 0)),
  ];
}

/** What goes at the beginning of a block that stands behind a `-`, which the first that stays takes over; in one edit. */
function leadingRun({ laid, source, members, gone, flow }: Work): readonly TextEdit[] | undefined {
  const [first] = members;
  if (flow || laid.flow || first === undefined || !gone.has(0)) return undefined;
  if (source.slice(lineStart(source, first.start), first.start).trim() === "") return undefined;
  const last = members.find((_, index) => gone.has(index) && !gone.has(index + 1)) ?? first;
  const following = nextLine(source, last.end);
  const blanks = /^[ \t]*/.exec(source.slice(following))?.[0].length ?? 0;
  return [{ start: first.start, end: following + blanks, text: "" }];
}

/** Nothing is left: the brackets say so. A comment that stands between the key and its value stays. */
function emptied({ laid, source, members }: Work): readonly TextEdit[] {
  const brackets = laid.form === "map" ? "{}" : "[]";
  if (laid.flow || !/[\r\n]/.test(source.slice(laid.slot, laid.start))) {
    return [{ start: laid.start, end: laid.end, text: brackets }];
  }
  return [
    { start: laid.slot, end: laid.slot, text: ` ${brackets}` },
    ...members.map((one) => linesRemoval(source, one)),
  ];
}

/** Nothing is left of the old members, and there are new ones: they take the first one's place. */
function refilled(work: Work): readonly TextEdit[] {
  const { laid, source, members, added, flow, lineBreak: newLine } = work;
  const [first, ...rest] = members;
  if (flow || laid.flow || first === undefined) return [{ start: laid.start, end: laid.end, text: bracketed(work) }];
  const column = columnOf(source, first.start);
  const text = added.map((one) => blockText(source, first, one, newLine)).join(`${newLine}${" ".repeat(column)}`);
  return [{ ...first, text }, ...rest.map((one) => linesRemoval(source, one))];
}

function bracketed({ laid, added }: Work): string {
  const values = added.map(({ value }) => value);
  if (laid.form === "list") return flowText(values);
  return flowText(Object.fromEntries(added.map(({ name = "", value }) => [name, value])));
}

function removal({ laid, source, members, gone, flow }: Work, index: number): TextEdit {
  const { start, end } = members[index] ?? laid;
  if (!flow && !laid.flow) return linesRemoval(source, { start, end });
  if (standsAlone(source, { start, end })) return linesRemoval(source, { start, end });
  const before = members[index - 1];
  const isLeading = members.slice(0, index).every((_, at) => gone.has(at));
  const next = members[index + 1];
  if (!isLeading && before !== undefined) return { start: before.end, end, text: "" };
  return { start, end: next?.start ?? end, text: "" };
}

/** True for a member of a bracketed collection that has its lines to itself. */
function standsAlone(source: string, { start, end }: Span): boolean {
  const before = source.slice(lineStart(source, start), start);
  const after = source.slice(end, lineEnd(source, end));
  return before.trim() === "" && /^\s*,?\s*(?:#.*)?$/.test(after);
}

function insertion(work: Work, added: NewMember, firstKept: number): readonly TextEdit[] {
  const { laid, source, members, flow, lineBreak: newLine } = work;
  const inBrackets = flow || laid.flow;
  const isFirst = added.after < 0;
  const near = members[isFirst ? firstKept : added.after] ?? laid;
  const column = columnOf(source, near.start);
  if (inBrackets) return bracketInsertion(source, near, flowMember(added), isFirst, newLine);
  const text = blockText(source, near, added, newLine);
  const indent = " ".repeat(column);
  if (isFirst) return [{ start: near.start, end: near.start, text: `${text}${newLine}${indent}` }];
  const end = lineEnd(source, near.end);
  return [{ start: end, end, text: `${newLine}${indent}${text}` }];
}

function bracketInsertion(source: string, near: Span, text: string, isFirst: boolean, newLine: string): TextEdit[] {
  const { start, end } = near;
  const own = standsAlone(source, near);
  const indent = " ".repeat(columnOf(source, start));
  if (isFirst) return [{ start, end: start, text: own ? `${text},${newLine}${indent}` : `${text}, ` }];
  if (!own) return [{ start: end, end, text: `, ${text}` }];
  const last = lineEnd(source, end);
  const hasComma = source.slice(end, last).trimStart().startsWith(",");
  if (hasComma) return [{ start: last, end: last, text: `${newLine}${indent}${text},` }];
  return [
    { start: end, end, text: "," },
    { start: last, end: last, text: `${newLine}${indent}${text}` },
  ];
}

function flowMember({ name, value }: NewMember): string {
  return name === undefined ? flowText(value) : flowField(name, value);
}

function blockText(source: string, { start, end }: Span, member: NewMember, newLine: string): string {
  const { name, value } = member;
  const column = columnOf(source, start);
  if (!mayHaveLines(value, source, end)) return name === undefined ? `- ${flowText(value)}` : flowField(name, value);
  return name === undefined ? elementLines(value, column, newLine) : fieldLines(name, value, column, newLine);
}
