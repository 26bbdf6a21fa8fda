import { CairnError, type Diagnostic, fault } from "../core/errors.ts";
import type { Kind, Kinds, Scope } from "../core/kind.ts";
import type { Fields } from "../core/values.ts";
import { kindNamed } from "../engine/observer.ts";
import { nothingCalled } from "./get-shown.ts";
import type { Look } from "./looking.ts";

/** A live object, as far as calls about it need it. */
export type LiveTarget = { readonly id: string; readonly scope: Scope };

/** The one object that a text names: by address, name or id. What the ledger knows needs no look at the cloud. Throws otherwise. */
export async function findTarget(kinds: Kinds, look: Look, kindName: string, text: string): Promise<LiveTarget> {
  const owned = look.owned(kindName, text);
  if (owned !== undefined) return owned;
  const kind = kindNamed(kinds, kindName);
  const { objects, faults } = await look.objects(kind);
  const declared = look.declaredName(kind, text);
  const names = new Set([text, ...(declared === undefined ? [] : [declared])]);
  const found = objects.filter(({ live }) => live.id === text || names.has(nameIn(kind, live.spec)));
  const [first] = found;
  if (first !== undefined && found.length === 1) return { id: first.live.id, scope: first.scope };
  const ids = found.map(({ live }) => live.id);
  if (ids.length > 1) throw new CairnError([several(kindName, text, ids)]);
  throw new CairnError(faults.length > 0 ? faults : [nothingCalled(kindName, text)]);
}

/** Every object of a kind; throws where some could not be seen. */
export async function allTargets(kinds: Kinds, look: Look, kindName: string): Promise<readonly LiveTarget[]> {
  const { objects, faults } = await look.objects(kindNamed(kinds, kindName));
  if (faults.length > 0) throw new CairnError(faults);
  return objects.map(({ live, scope }) => ({ id: live.id, scope }));
}

/** The scope of the object with that id. */
export async function scopeOfTarget(kinds: Kinds, look: Look, kindName: string, id: string): Promise<Scope> {
  const found = (await allTargets(kinds, look, kindName)).find((one) => one.id === id);
  if (found === undefined) throw new CairnError([nothingCalled(kindName, id)]);
  return found.scope;
}

function nameIn(kind: Kind, spec: Fields): string {
  const name = kind.naming === undefined ? undefined : spec[kind.naming];
  return typeof name === "string" ? name : kind.identity(spec);
}

function several(kind: string, text: string, ids: readonly string[]): Diagnostic {
  return fault("E_AMBIGUOUS", `several ${kind} are called "${text}": ${ids.join(", ")}`, { help: "give the id" });
}
