import type { Change, FieldChange } from "../core/change.ts";
import { type FieldRow, fieldLines, type TextLayout } from "./field-text.ts";
import type { Brush, Paint } from "./paint.ts";
import { safeLine } from "./safe-text.ts";
import { shownField } from "./shown-field.ts";
import { sourceText } from "./source-text.ts";
import { namesText } from "./value-text.ts";

/**
 * One change as a block: a line with sign, action, address and `file:line`, the reason, how a replacement goes, and each
 * field. Sides that the action does not have (the old value of a create) are not shown.
 */
export function changeLines(change: Change, layout: TextLayout): string[] {
  return [
    headLine(change, layout.paint),
    ...explanations(change).map((text) => `    ${layout.paint.dim(safeLine(text))}`),
    ...fieldLines(changeRows(change), 4, layout),
  ];
}

/** The fields of a change as rows: masked, with the sides that its action has, and what is to be said of each. */
export function changeRows(change: Change): readonly FieldRow[] {
  return change.fields.map((field) => ({ shown: shownField(field), side: sideOf(change), notes: notesOf(field) }));
}

function headLine(change: Change, paint: Paint): string {
  const brush = brushOf(change, paint);
  const word = change.held === undefined || change.action !== "no-op" ? change.action : "held";
  const parts = [`${brush(`${signOf(change)} ${word}`)} ${paint.bold(safeLine(change.address))}`];
  if (change.source !== undefined) parts.push(paint.dim(safeLine(sourceText(change.source))));
  return parts.join("  ");
}

/** The sign in front of a change. A replacement's sign gives the order of its two calls. */
export function signOf({ action, replace, held }: Pick<Change, "action" | "replace" | "held">): string {
  if (action === "no-op" && held !== undefined) return "!";
  if (action === "replace") return replace?.order === "create-first" ? "+/-" : "-/+";
  const signs = { "no-op": " ", create: "+", update: "~", delete: "-", adopt: "→", move: "→", forget: "." };
  return signs[action];
}

function brushOf({ action }: Change, paint: Paint): Brush {
  const brushes = {
    "no-op": paint.dim,
    create: paint.green,
    update: paint.yellow,
    replace: paint.magenta,
    delete: paint.red,
    adopt: paint.cyan,
    move: paint.cyan,
    forget: paint.cyan,
  };
  return brushes[action];
}

/** Why the change is made and how it goes, one sentence each. Texts are not made harmless yet. */
export function explanations(change: Change): string[] {
  const { action, adopts, previousAddress, replace, disruption, id, provider, cloud } = change;
  const lines = [change.held === undefined ? change.reason : `held: ${change.held}`];
  if (adopts === true && action !== "adopt") lines.push("taken into ownership: cairn did not make this object");
  if (previousAddress !== undefined) lines.push(`was ${previousAddress}`);
  if (replace !== undefined) lines.push(`${orderText(replace.order)}; forced by ${namesText(replace.because)}`);
  if (disruption === "restart" || disruption === "data-loss") lines.push(`disruption: ${disruption}`);
  if (id !== undefined && action !== "update" && !change.reason.includes(id)) lines.push(`id ${id}`);
  if (provider !== cloud.provider) lines.push(`provider ${provider}`);
  return lines;
}

function orderText(order: "create-first" | "delete-first"): string {
  return order === "create-first" ? "created anew first, deleted last" : "deleted first, then created anew";
}

function sideOf({ action }: Change): FieldRow["side"] {
  if (action === "create") return "after";
  return action === "delete" || action === "forget" ? "before" : "both";
}

function notesOf(field: FieldChange): string[] {
  const classes = { intended: [], drift: ["drift"], conflict: ["conflict"] };
  const costs = { none: [], restart: ["restarts"], replace: [], "data-loss": ["loses data"] };
  return [...classes[field.class], ...(field.forcesReplace ? ["forces replacement"] : []), ...costs[field.disruption]];
}
