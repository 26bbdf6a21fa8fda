import type { Plan } from "../core/change.ts";
import { amount } from "./amount.ts";
import { changeLines } from "./change-text.ts";
import { renderDiagnostics } from "./diagnostic.ts";
import type { TextLayout } from "./field-text.ts";
import { isChange, isHeld, type PlanCounts, planCounts } from "./plan-counts.ts";
import { projectText } from "./project-text.ts";
import { safeLine } from "./safe-text.ts";
import { namesText } from "./value-text.ts";

/** Diagnostics of a plan that its reader meets elsewhere, on stderr for instance. */
export type ShownElsewhere = readonly ("errors" | "refusals" | "warnings")[];

/**
 * A plan for people: a header, one block a change, then what stands in the way of apply, what was left out, the calls
 * that apply will send, and a last line with counts. Ends with a line break. Pure; resources without change are counted only,
 * unless they are held.
 * Diagnostics that are shown elsewhere are left out, but not what the last line says of them.
 */
export function renderPlanText(plan: Plan, layout: TextLayout, elsewhere: ShownElsewhere = []): string {
  const { paint } = layout;
  const shown = plan.changes.filter((change) => isChange(change) || isHeld(change));
  const blocks = shown.map((change) => `${changeLines(change, layout).join("\n")}\n`);
  const here = (part: ShownElsewhere[number]): string =>
    elsewhere.includes(part) ? "" : renderDiagnostics(plan[part], paint);
  const sections = [
    `${paint.bold(headerText(plan))}\n`,
    ...blocks,
    ...section(paint.red("What could not be planned:"), here("errors")),
    ...section(paint.yellow("Apply will refuse this plan:"), here("refusals")),
    ...section(undefined, here("warnings")),
    ...section(undefined, leftText(plan)),
    ...section(undefined, callsText(plan)),
    `${paint.bold(planVerdict(plan))}\n`,
  ];
  return sections.join("\n");
}

function section(title: string | undefined, body: string): string[] {
  if (body === "") return [];
  return [title === undefined ? body : `${title}\n${body}`];
}

function headerText(plan: Plan): string {
  const since =
    plan.base === undefined ? "" : `, against ${safeLine(plan.base.ref)} (${plan.base.commit.slice(0, 10)})`;
  return `${plan.destroy ? "Plan to destroy" : "Plan for"} ${projectText(plan)}${since}`;
}

/** What targets and excludes left out, as a line with its line break; empty for nothing. */
export function leftText({ left }: Plan): string {
  return left.length === 0 ? "" : `Left out by --target or --exclude, although they differ: ${namesText(left)}\n`;
}

/** The calls that apply will send, as a line with its line break; empty for none. */
export function callsText({ calls }: Plan): string {
  const counted = Object.entries(calls).filter(([, count]) => count > 0);
  const texts = counted.map(([action, count]) => (count === 1 ? action : `${action} ×${count}`));
  return texts.length === 0 ? "" : `Calls that apply will send: ${namesText(texts)}\n`;
}

/** The last line of a plan: its counts, or that there is nothing to do, and whether it is whole. Harmless. */
export function planVerdict(plan: Plan): string {
  const counts = planCounts(plan);
  if (plan.errors.length === 0) return counts.changed === 0 ? sameText(plan, counts) : countsText(counts);
  const rest = counts.changed === 0 ? "No changes among the rest." : countsText(counts);
  return `Incomplete, ${amount(plan.errors.length, "error")}. ${rest}`;
}

function sameText({ destroy, left }: Plan, { unchanged, held }: PlanCounts): string {
  if (destroy && unchanged === 0 && left.length === 0) return "No changes. Nothing is owned.";
  const kept = held === 0 ? "" : `, ${held} ${held === 1 ? "is" : "are"} held`;
  const same = `No changes. ${amount(unchanged, "resource")} ${unchanged === 1 ? "is" : "are"} as declared${kept}.`;
  return left.length === 0 ? same : `${same} ${left.length} left out.`;
}

/** `3 to create, 1 to update, …`: five counts always, moves and forgets where there are any. */
function countsText(counts: PlanCounts): string {
  const always = (["create", "update", "replace", "delete", "adopt"] as const).map(
    (action) => `${counts[action]} to ${action}`,
  );
  const sometimes = (["move", "forget"] as const)
    .filter((action) => counts[action] > 0)
    .map((action) => `${counts[action]} to ${action}`);
  const held = counts.held === 0 ? [] : [`${counts.held} held`];
  return `Plan: ${[...always, ...sometimes, ...held].join(", ")}.`;
}
