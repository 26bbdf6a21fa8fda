import type { Desired } from "../core/desired.ts";
import { failure, fault } from "../core/errors.ts";
import type { Kind } from "../core/kind.ts";
import type { Entry, LedgerState } from "../core/ledger.ts";
import { didYouMean } from "../core/suggest.ts";
import { type LiveList, openLiveWalk } from "../engine/list-live.ts";
import type { RunContext } from "./run.ts";
import type { Session } from "./session.ts";

/** A look at one cloud of a project, beyond what its manifests declare. */
export type Look = {
  /** The provider alias. */
  readonly alias: string;
  readonly api: () => Promise<unknown>;
  /** Every live object of a kind, as far as `--scope` lets it; `listed` spares the reads of what lists lack. */
  readonly objects: (kind: Kind, extent?: "whole" | "listed") => Promise<LiveList>;
  /** The values of a plain field in the project's manifests and ledger. */
  readonly known: (field: string) => readonly string[];
  /** What the ledger owns in this cloud. */
  readonly entries: readonly Entry[];
  /** The ledger's entry of that address, if it lives in this cloud. */
  readonly owned: (kind: string, name: string) => Entry | undefined;
  /** The name in the cloud of what a manifest of that address declares. */
  readonly declaredName: (kind: Kind, name: string) => string | undefined;
  /** The address under which an object is owned. */
  readonly ownerOf: (kind: string, id: string) => string | undefined;
};

/** The aliases that can do what is asked for: `--provider`, or all for which `has` holds. `E_CONFIG` where there is none. */
export async function aliasesWith(
  { project }: Pick<Session, "project">,
  { options }: Pick<RunContext, "options">,
  what: string,
  has: (alias: string) => boolean | Promise<boolean>,
): Promise<readonly string[]> {
  if (options.provider !== undefined) project.providerOf(options.provider);
  const all = options.provider === undefined ? [...project.clouds.keys()] : [options.provider];
  const fits = await Promise.all(all.map(has));
  const found = all.filter((_, index) => fits[index]);
  if (found.length > 0) return found;
  const where = options.provider === undefined ? "no provider in cairn.yaml has" : `${options.provider} has no`;
  throw failure("E_CONFIG", `${where} ${what}`, { help: "name a provider that has it under providers" });
}

/** `--scope` as ids by field; names of owned objects are turned into their ids. */
export type Within = ReadonlyMap<string, readonly string[]>;

/** Opens a look at the cloud behind an alias. Makes no call yet. */
export function openLook(
  session: Session,
  alias: string,
  { ledger, within }: { readonly ledger: LedgerState | undefined; readonly within: Within },
): Look {
  const { project, connections } = session;
  const entries = Object.values(ledger?.entries ?? {}).filter(({ provider }) => provider === alias);
  const wanted = project.desired.filter(({ provider }) => provider === alias);
  const known = (field: string): readonly string[] => valuesOf([...entries, ...wanted], field);
  const { kinds } = project;
  const walk = openLiveWalk({ kinds, provider: alias, api: connections.api, within, known });
  return {
    alias,
    api: () => connections.api(alias),
    objects: walk,
    known,
    entries,
    owned: (kind, name) => entries.find(({ address }) => address === name || address === `${kind}/${name}`),
    declaredName: (kind, name) => {
      const found = wanted.find(({ address }) => address === name || address === `${kind.kind}/${name}`);
      const value = kind.naming === undefined ? undefined : found?.spec[kind.naming];
      return typeof value === "string" ? value : undefined;
    },
    ownerOf: (kind, id) => entries.find((entry) => entry.kind === kind && entry.id === id)?.address,
  };
}

function valuesOf(some: readonly (Pick<Entry, "spec"> | Desired)[], field: string): readonly string[] {
  const values = some.flatMap(({ spec }) => (typeof spec[field] === "string" ? [spec[field]] : []));
  return [...new Set(values)].sort();
}

/** `--scope NAME=VALUE` by name; `E_USAGE` for a name that is none of `names`. */
export function scopeGiven({ options }: Pick<RunContext, "options">, what: string, names: readonly string[]): Within {
  const within = new Map<string, readonly string[]>();
  for (const word of options.scopes) {
    const at = word.indexOf("=");
    const [name, value] = [word.slice(0, at), word.slice(at + 1)];
    if (!names.includes(name)) {
      const otherwise = names.length === 0 ? "it takes none" : `it takes ${names.join(", ")}`;
      throw failure("E_USAGE", `${what} has no scope "${name}"`, { help: didYouMean(name, names, otherwise) });
    }
    within.set(name, [...(within.get(name) ?? []), value]);
  }
  return within;
}

/** The fault of a scope that nobody knows a value for. */
export function unscopedFault(what: string, field: string) {
  return fault("E_USAGE", `${what} lives in a ${field}, and neither the cloud nor the project tells of one`, {
    help: `add --scope ${field}=VALUE`,
  });
}
