import type { Address } from "../core/address.ts";
import type { Plan } from "../core/change.ts";
import { type Diagnostic, fault } from "../core/errors.ts";
import { dependantsOf, type RefusedChange, restOfPlan } from "../core/rest-of-plan.ts";
import { seal } from "../core/seal.ts";
import { byText, type Fields, sameValue, type Value } from "../core/values.ts";
import { type PlanDocument, planDocument } from "../render/plan-json.ts";
import { valueText } from "../render/value-text.ts";
import { fingerprints, type MovedPart, movedParts } from "./fingerprint.ts";
import { type PlanBase, type SavedPlan, stampOf } from "./saved-plan.ts";

/** What may be done of a saved plan. */
export type Judgement = {
  /** All of the plan, or what is left of it where some of it is refused and the rest may go on. */
  readonly plan: Plan;
  /** What is refused, as faults: first what holds for all, then each change that may not be made. */
  readonly faults: readonly Diagnostic[];
  readonly goesOn: boolean;
  /** The document of the plan with what is refused of it. */
  readonly mark: (document: PlanDocument) => PlanDocument;
};

/** What may be done of the plan that is made now: what the saved one agrees on, all of it or (`partial`) some of it. Pure. */
export function judge(saved: SavedPlan, partial: boolean, plan: Plan, base: PlanBase): Judgement {
  const { whole, refused } = staleness(saved, plan, base);
  const faults = [...whole, ...refused.map(toldOf)];
  const goesOn = faults.length === 0 || (partial && whole.length === 0);
  const out = new Set(refused.map(({ address }) => address));
  return {
    plan: goesOn ? restOfPlan(plan, base.kinds, out) : plan,
    faults,
    goesOn,
    mark: (document) => {
      if (faults.length === 0) return document;
      const { applyable, cairn } = document;
      return { ...document, applyable: applyable && goesOn, complete: false, cairn: { ...cairn, refused } };
    },
  };
}

/** What keeps a saved plan from being done. */
type Staleness = {
  /** Why nothing of it may be done: it is not the plan of these manifests, this ledger and these clouds. */
  readonly whole: readonly Diagnostic[];
  readonly refused: readonly RefusedChange[];
};

/** Compares a saved plan with what would be planned now: only what both agree on may be done. */
function staleness(saved: SavedPlan, plan: Plan, base: PlanBase): Staleness {
  const now = fingerprints(plan, base.kinds, (secret) => seal(secret, saved.saved.salt));
  const sides = { saved, plan, now };
  const all = [...new Set([...Object.keys(saved.fingerprints), ...Object.keys(now)])].sort(byText) as Address[];
  const compared = all.map((address) => ({ address, ...compare(sides, address) }));
  const whole = compared.flatMap(({ address, rewritten }) =>
    rewritten === undefined ? [] : [stale(rewritten, address)],
  );
  const moved = new Map(compared.flatMap((one) => (one.moved.length === 0 ? [] : [[one.address, one.moved] as const])));
  return { whole: [...movedBase(saved, base), ...whole], refused: refusedOf(saved, plan, base, moved) };
}

type Sides = { readonly saved: SavedPlan; readonly plan: Plan; readonly now: Readonly<Record<Address, string>> };

/** `rewritten` says that manifests, variables or secrets are others: that is another plan. */
type Compared = { readonly moved: readonly string[]; readonly rewritten?: string };

function compare({ saved, plan, now }: Sides, address: Address): Compared {
  const [then, today] = [saved.fingerprints[address], now[address]];
  if (then === undefined) return came(plan.changes.some((one) => one.address === address && one.source !== undefined));
  if (today === undefined)
    return went(saved.changes.some((one) => one.address === address && one.source !== undefined));
  const parts = movedParts(then, today);
  if (parts.includes(wantedPart))
    return { moved: [], rewritten: `has moved since the plan was saved: ${parts.join(", ")}` };
  return { moved: parts };
}

const wantedPart: MovedPart = "what the manifests want";
const stepPart: MovedPart = "what would be done";

function came(isDeclared: boolean): Compared {
  const message = "was not in the plan when it was saved";
  return isDeclared ? { moved: [], rewritten: message } : { moved: [message] };
}

function went(isDeclared: boolean): Compared {
  const message = "is not in the plan any more";
  return isDeclared ? { moved: [], rewritten: message } : { moved: [message] };
}

function movedBase({ saved }: SavedPlan, { clouds, ledger }: PlanBase): Diagnostic[] {
  const faults: Diagnostic[] = [];
  const now = stampOf(ledger);
  if (saved.ledger !== null && saved.ledger.lineage !== now?.lineage) {
    const text = now === null ? "there is none any more" : `this is ${now.lineage}`;
    faults.push(stale(`the plan was made from the ledger ${saved.ledger.lineage}, and ${text}`));
  }
  if (!sameValue(saved.clouds, Object.fromEntries(clouds))) {
    faults.push(stale("the providers lead to other clouds than when the plan was saved"));
  }
  return faults;
}

function refusedOf(
  saved: SavedPlan,
  plan: Plan,
  { kinds }: PlanBase,
  moved: ReadonlyMap<Address, readonly string[]>,
): readonly RefusedChange[] {
  if (moved.size === 0) return [];
  const changing = new Set(plan.changes.filter(({ action }) => action !== "no-op").map(({ address }) => address));
  const document = planDocument(plan, { kinds, cairnVersion: "" });
  return [...dependantsOf(plan, rootsOf(plan, moved))]
    .filter(([address]) => moved.has(address) || changing.has(address))
    .map(([address, cause]): RefusedChange => {
      if (address !== cause) return { address, moved: [], fields: [], cause };
      const resource = document.cairn.changes.find((one) => one.address === address)?.resource;
      const today = document.resource_changes.find((one) => one.address === resource)?.change;
      return { address, ...movement(moved.get(address) ?? [], saved.before.get(address), today) };
    })
    .sort((one, other) => byText(one.address, other.address));
}

/** What has moved by itself, and not merely in its steps because something that it needs has. */
function rootsOf(plan: Plan, moved: ReadonlyMap<Address, readonly string[]>): ReadonlySet<Address> {
  const isStep = (parts: readonly string[]): boolean => parts.every((part) => part === stepPart);
  const first = [...moved].filter(([, parts]) => !isStep(parts)).map(([address]) => address);
  const led = dependantsOf(plan, new Set(first));
  return new Set([...first, ...[...moved.keys()].filter((address) => !led.has(address))]);
}

type Sight = { readonly before: Fields | null; readonly after: Fields | null };

/** What has become of the object. Values are as both documents show them: secrets are in neither. */
function movement(
  moved: readonly string[],
  then: Fields | null | undefined,
  now: Sight | undefined,
): Pick<RefusedChange, "moved" | "fields"> {
  const [was, is] = [then ?? undefined, now?.before ?? undefined];
  if (was === undefined && is !== undefined)
    return { moved: ["exists by now, and did not when the plan was saved"], fields: [] };
  if (was !== undefined && is === undefined) return { moved: ["is gone since the plan was saved"], fields: [] };
  const fields = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])]
    .filter((field) => !sameValue(was?.[field], is?.[field]))
    .sort(byText)
    .map((field) => ({
      field,
      ...valued("wanted", now?.after?.[field]),
      ...valued("was", was?.[field]),
      ...valued("now", is?.[field]),
    }));
  return { moved, fields };
}

function valued<N extends string>(name: N, value: Value | undefined): { readonly [K in N]?: Value } {
  return (value === undefined || value === null ? {} : { [name]: value }) as { readonly [K in N]?: Value };
}

function toldOf({ address, moved, fields, cause }: RefusedChange): Diagnostic {
  if (cause !== undefined) return stale(`needs ${cause}, which has moved since the plan was saved`, address);
  const shown = fields.map(({ field, wanted, was, now }) => {
    return `${field}: wanted ${textOf(wanted)}, was ${textOf(was)}, is ${textOf(now)}`;
  });
  const detail = shown.length === 0 ? "" : ` (${shown.join("; ")})`;
  const what = moved.join(", ");
  return stale(what.startsWith("what") ? `has moved since the plan was saved: ${what}${detail}` : what, address);
}

const mostCharacters = 120;

function textOf(value: Value | undefined): string {
  const text = value === undefined ? "not set" : valueText(value);
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text;
}

function stale(message: string, at?: Address): Diagnostic {
  const help = "look at a new plan: cairn plan --out FILE";
  return fault("E_STALE_PLAN", message, at === undefined ? { help } : { address: at, help });
}
