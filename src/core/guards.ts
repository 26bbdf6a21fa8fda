import type { Action } from "./change.ts";
import type { Draft, PlanContext } from "./draft.ts";
import { type Diagnostic, fault } from "./errors.ts";
import { fitsAny } from "./glob.ts";
import type { Disruption } from "./traits.ts";

const costs: readonly Disruption[] = ["none", "restart", "replace", "data-loss"];

/** The heaviest of several disruptions. */
export function heaviest(disruptions: readonly Disruption[]): Disruption {
  return disruptions.reduce((worst, one) => (costs.indexOf(one) > costs.indexOf(worst) ? one : worst), "none");
}

/** What carrying out a draft costs. Taking a protected object away loses what it holds. */
export function disruptionOf(draft: Draft): Disruption {
  const own = heaviest(draft.fields.map((change) => change.disruption));
  if (draft.action !== "delete" && draft.action !== "replace") return draft.action === "update" ? own : "none";
  return isProtectedKind(draft) ? "data-loss" : heaviest([own, "replace"]);
}

function isProtectedKind({ binding }: Draft): boolean {
  const { kind, object } = binding;
  if (typeof kind.protected === "function") return object !== undefined && kind.protected(object.spec);
  return kind.protected === true;
}

/** Everything that stands in the way of apply: histories that others add to just now, protections, count guards, forbidden disruptions. */
export function refusalsOf(context: PlanContext, drafts: readonly Draft[], vanished: number): readonly Diagnostic[] {
  const blocked = drafts.flatMap((draft) => draft.blocked ?? []);
  return [
    ...blocked,
    ...protections(context, drafts),
    ...countGuards(context, drafts, vanished),
    ...forbidden(context, drafts),
  ];
}

function protections(context: PlanContext, drafts: readonly Draft[]): readonly Diagnostic[] {
  const manifests = new Map(context.desired.map((one) => [one.address, one]));
  return drafts
    .filter(({ action }) => action === "delete" || action === "replace")
    .flatMap((draft) => {
      const { address } = draft.binding;
      const desired = manifests.get(address);
      const why = protectionOf(context, draft, (desired?.lifecycle ?? draft.lifecycle).preventDestroy);
      if (why === undefined || fitsAny(context.options.allow.destroy, address)) return [];
      return [
        fault("E_PROTECTED", `would be ${draft.action}d, but ${why}`, {
          ...(desired === undefined ? {} : { place: desired.source }),
          address,
          help: `if that is what you want, run again with --allow destroy=${address}`,
        }),
      ];
    });
}

/** Why the object is protected: by its manifest's word, else (outside `destroy`) by its kind. */
function protectionOf(context: PlanContext, draft: Draft, explicit: boolean | undefined): string | undefined {
  if (explicit === true) return "metadata.lifecycle.preventDestroy is true";
  if (explicit === false || context.options.destroy || !isProtectedKind(draft)) return undefined;
  return `${draft.binding.kind.kind} is a protected kind`;
}

function countGuards(context: PlanContext, drafts: readonly Draft[], vanished: number): readonly Diagnostic[] {
  const { guards, allow, destroy } = context.options;
  const count = (action: Action): number => drafts.filter((draft) => draft.action === action).length;
  const owned = Object.keys(context.ledger.entries).length;
  const deletes = count("delete");
  const percent = owned < 10 ? 0 : Math.round((deletes * 100) / owned);
  const gone = over(
    "E_VANISHED",
    "vanished",
    `${vanished === 1 ? " owned object is" : " owned objects are"} gone from the cloud`,
    vanished,
    allow.vanished ?? guards.maxVanished,
  );
  if (destroy) return gone;
  const replaces = count("replace");
  const objects = (number: number): string => (number === 1 ? " object" : " objects");
  return [
    ...gone,
    ...over("E_GUARD", "deletes", `${objects(deletes)} would be deleted`, deletes, allow.deletes ?? guards.maxDeletes),
    ...over(
      "E_GUARD",
      "deletePercent",
      "% of the owned objects would be deleted",
      percent,
      allow.deletePercent ?? guards.maxDeletePercent,
    ),
    ...over(
      "E_GUARD",
      "replaces",
      `${objects(replaces)} would be replaced`,
      replaces,
      allow.replaces ?? guards.maxReplaces,
    ),
  ];
}

function over(
  code: "E_GUARD" | "E_VANISHED",
  name: string,
  what: string,
  count: number,
  limit: number,
): readonly Diagnostic[] {
  if (count <= limit) return [];
  const guard = `max${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const sentence = `${count}${what}, more than ${guard} allows (${limit})`;
  return [fault(code, sentence, { help: `look at the plan; if it is right, run again with --allow ${name}=${count}` })];
}

function forbidden(context: PlanContext, drafts: readonly Draft[]): readonly Diagnostic[] {
  const { guards, allow } = context.options;
  const forbid = guards.forbid.filter((one) => !allow.forbid.includes(one));
  return drafts.flatMap((draft): Diagnostic[] => {
    const cost = disruptionOf(draft);
    if (!forbid.includes(cost)) return [];
    return [
      fault("E_GUARD", `would cause ${cost}, which guards.forbid names`, {
        address: draft.binding.address,
        help: `if that is what you want, run again with --allow ${cost}`,
      }),
    ];
  });
}
