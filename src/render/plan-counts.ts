import type { Action, Change, Plan } from "../core/change.ts";

/** How many resources a plan touches, by what happens to them. */
export type PlanCounts = Readonly<Record<Exclude<Action, "no-op">, number>> & {
  /** Resources whose differences stay as they are until somebody asks for them. */
  readonly held: number;
  /** Resources that are as declared. */
  readonly unchanged: number;
  /** Resources of which anything changes, ownership and address included. */
  readonly changed: number;
};

/** True where the change does anything at all: to the cloud, or to what the ledger says. */
export function isChange(change: Change): boolean {
  return change.action !== "no-op" || change.adopts === true || change.previousAddress !== undefined;
}

/** True where git wants otherwise, and nothing is done about it. */
export function isHeld({ held }: Change): boolean {
  return held !== undefined;
}

/** Counts a plan's changes. A resource that is adopted or moved and updated as well counts under both. */
export function planCounts({ changes }: Plan): PlanCounts {
  const counted = (action: Action) => changes.filter((change) => change.action === action).length;
  const changed = changes.filter(isChange).length;
  const held = changes.filter((change) => isHeld(change) && !isChange(change)).length;
  return {
    create: counted("create"),
    update: counted("update"),
    replace: counted("replace"),
    delete: counted("delete"),
    adopt: changes.filter(({ action, adopts }) => action === "adopt" || adopts === true).length,
    move: changes.filter(({ action, previousAddress }) => action === "move" || previousAddress !== undefined).length,
    forget: counted("forget"),
    held,
    unchanged: changes.length - changed - held,
    changed,
  };
}
