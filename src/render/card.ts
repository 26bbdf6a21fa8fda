import type { Change } from "../core/change.ts";
import type { DriftedResource, DriftReport } from "../core/drift.ts";
import { changeRows, explanations, signOf } from "./change-text.ts";
import { unmanagedText } from "./drift-text.ts";
import { type FieldDiff, fieldDiff } from "./field-diff.ts";
import { isChange } from "./plan-counts.ts";
import type { Found } from "./report.ts";
import { safeLine } from "./safe-text.ts";
import { shownDrift } from "./shown-drift.ts";
import { sourceText } from "./source-text.ts";

/** One resource of a run, for formats that show one after the other. Texts are harmless. */
export type Card = {
  readonly sign: string;
  /** A word of cairn's own: an action, `unchanged`, `changed`, `missing` or `unmanaged`. */
  readonly action: string;
  readonly address: string;
  readonly source?: string;
  readonly notes: readonly string[];
  readonly fields: readonly FieldDiff[];
};

/** What a run found, resource by resource; nothing where it looked at none. */
export function cardsOf(found: Found | undefined): readonly Card[] {
  if (found?.type === "plan") return found.plan.changes.map(changeCard);
  return found?.type === "drift" ? driftCards(found.drift) : [];
}

function changeCard(change: Change): Card {
  const changes = isChange(change);
  const action = lookOf(change);
  return {
    sign: signOf(change),
    action,
    address: safeLine(change.address),
    ...(change.source === undefined ? {} : { source: safeLine(sourceText(change.source)) }),
    notes: changes ? explanations(change).map(safeLine) : [],
    fields: changeRows(change).map(fieldDiff),
  };
}

/** What a change is called where one word has to do: its action, or `unchanged`. */
export function lookOf(change: Change): string {
  if (change.action !== "no-op") return change.action;
  if (!isChange(change)) return "unchanged";
  return change.adopts === true ? "adopt" : "move";
}

function driftCards({ changed, missing, unmanaged = [] }: DriftReport): readonly Card[] {
  return [
    ...changed.map((one) => driftedCard("~", "changed", one)),
    ...missing.map((one) => driftedCard("!", "missing", one)),
    ...unmanaged.map((one) => ({
      sign: "?",
      action: "unmanaged",
      address: safeLine(`${one.kind} ${one.identity}`),
      notes: [unmanagedText(one)],
      fields: [],
    })),
  ];
}

function driftedCard(sign: string, action: string, one: DriftedResource): Card {
  const { address, id, source, fields } = one;
  const gone = action === "missing" ? ["is gone from the cloud"] : [];
  return {
    sign,
    action,
    address: safeLine(address),
    // Without a line it is the ledger's place: nothing declares the object any more.
    ...(source?.line === undefined ? {} : { source: safeLine(sourceText(source)) }),
    notes: [...gone, ...(id === undefined ? [] : [safeLine(`id ${id}`)])],
    fields: fields.map((field) => fieldDiff({ shown: shownDrift(field), side: "both", notes: [] })),
  };
}
