import type { Address } from "./address.ts";
import { bindResource } from "./bind.ts";
import { bindIntent } from "./bind-intent.ts";
import type { Intent, LedgerState } from "./ledger.ts";
import { partEntries } from "./rename.ts";
import { resolveReference } from "./resolve.ts";
import { type Binding, objectKey, ownedKey, type Survey, type SurveyInput, type SurveyState } from "./survey-state.ts";
import { byText } from "./values.ts";

/**
 * Binds every wanted and owned resource to its live object as far as the snapshot tells, and says which lists and reads
 * are still to be made. Parents come before children: the scope of a child is known once its parent is bound. Pure; the
 * engine calls it again with each larger snapshot until nothing is left to make.
 */
export function survey(input: SurveyInput): Survey {
  const state = openState(input);
  const all = new Set<Address>([...state.wanted.keys(), ...(Object.keys(state.ledger.entries) as Address[])]);
  // Sorted, so that the order of files and entries leaves no trace in a plan.
  for (const address of [...(input.roots ?? all)].sort(byText)) if (all.has(address)) state.bind(address);
  const intents = new Map<Intent, Binding>();
  for (const intent of lostIn(state.ledger)) {
    const binding = bindIntent(state, intent);
    if (binding !== undefined) intents.set(intent, binding);
  }
  return {
    bindings: state.bindings,
    intents,
    lists: [...state.lists.values()],
    reads: [...state.reads.values()],
    resolve: (kind, provider, reference) => resolveReference(state, kind, provider, reference),
  };
}

/** What a dead run may have made, and no entry tells of yet; of one address there may be several, declared differently. */
function lostIn({ intents }: LedgerState): readonly Intent[] {
  return intents.filter(({ action, mark }) => action === "create" || mark !== undefined);
}

function openState(input: SurveyInput): SurveyState {
  const open = new Set<Address>();
  const ledger = partEntries(input.ledger, input.kinds, input.desired);
  const entries = Object.values(ledger.entries);
  const wanted = new Map(input.desired.map((one) => [one.address, one]));
  const held = entries.filter(({ address }) => wanted.has(address));
  const state: SurveyState = {
    kinds: input.kinds,
    wanted,
    ledger,
    intents: new Map(lostIn(ledger).map((intent) => [intent.entry.address, intent])),
    snapshot: input.snapshot,
    owners: new Map(entries.map((entry) => [ownedKey(entry.provider, entry.kind, entry.id), entry.address])),
    holders: new Map(
      held.map(({ provider, kind, id, scope, address }) => [objectKey(provider, kind, id, scope), address]),
    ),
    bindings: new Map(),
    lists: new Map(),
    reads: new Map(),
    bind: (address) => {
      const known = state.bindings.get(address);
      if (known !== undefined || open.has(address)) return known;
      open.add(address);
      const binding = bindAny(state, address);
      open.delete(address);
      if (binding !== undefined) state.bindings.set(address, binding);
      return binding;
    },
  };
  return state;
}

function bindAny(state: SurveyState, address: Address): Binding | undefined {
  const intent = state.intents.get(address);
  const isKnown = state.wanted.has(address) || address in state.ledger.entries;
  if (intent === undefined || isKnown) return bindResource(state, address);
  return bindIntent(state, intent);
}
