import type { Address } from "./address.ts";
import { ambiguous, identityOf } from "./bind.ts";
import type { Scope } from "./kind.ts";
import type { Intent } from "./ledger.ts";
import { type Binding, listing, type SurveyState } from "./survey-state.ts";

/**
 * Looks for what a dead run may have created: by the identity of its intent, in the scope of its intent, whether or not a
 * manifest still names it.
 */
export function bindIntent(state: SurveyState, intent: Intent): Binding | undefined {
  const { entry } = intent;
  const kind = state.kinds.get(entry.kind);
  if (kind === undefined) return undefined;
  const place = completeScope(state, entry.scope, entry.parents);
  const identity = identityOf(state, kind, entry.provider, entry.spec);
  const base = {
    address: entry.address,
    kind,
    provider: entry.provider,
    scope: place.scope,
    parents: entry.parents,
    identity,
  };
  if (place.state !== "known") return { ...base, state: place.state };
  const rows = listing(state, { provider: entry.provider, kind: kind.kind, scope: place.scope });
  if (rows === undefined) return { ...base, state: "pending" };
  if (rows.fault !== undefined) return { ...base, state: "unknown", fault: rows.fault };
  const [object, second] = rows.objects.filter((one) => kind.identity(one.spec) === identity);
  if (object === undefined) return { ...base, state: "absent" };
  if (second !== undefined)
    return { ...base, state: "unknown", fault: { ...ambiguous(identity, [object, second]), address: entry.address } };
  return { ...base, state: "present", object, liveScope: place.scope };
}

/** Fills in the scope values that were not known when the intent was written. */
function completeScope(
  state: SurveyState,
  known: Scope,
  parents: Readonly<Record<string, Address>>,
): { readonly scope: Scope; readonly state: "known" | "absent" | "pending" | "unknown" } {
  const missing = Object.entries(parents)
    .filter(([path]) => known[path] === undefined)
    .map(([path, parent]) => [path, state.bind(parent)] as const);
  const states = new Set(missing.map(([, binding]) => binding?.state ?? "absent"));
  const found = missing.flatMap(([path, binding]) =>
    binding?.object === undefined ? [] : [[path, binding.object.id]],
  );
  const worst = (["unknown", "pending", "absent"] as const).find((one) => states.has(one));
  return { scope: { ...known, ...Object.fromEntries(found) }, state: worst ?? "known" };
}
