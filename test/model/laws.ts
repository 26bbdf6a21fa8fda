import { expect } from "vitest";
import type { Entry } from "../../src/core/ledger.ts";
import { essence, nameOf, type Thing } from "./objects.ts";
import type { Manifest } from "./recipe.ts";
import type { Ended, Site } from "./site.ts";

/** What a site holds at one moment. */
export type Moment = { readonly entries: readonly Entry[]; readonly things: readonly Thing[] };

/** Looks at a site. */
export function look(site: Site): Moment {
  return { entries: site.entries(), things: site.things() };
}

/** What a mutating call of a run without faults may be answered with all the same: cairn asks, and goes by the answer. */
const asked: readonly RegExp[] = [
  /^409: environment \d+ still has [^;]*(running instances|unfinished deploy orders)/,
  // What an interrupted run has begun locks the cluster for a while; the cloud says so, and is asked again.
  /CCE\.01429002/,
  // A volume of the policy Delete goes with its claim: its own deletion, planned as well, finds it gone.
  /^404: in cluster \w+, volume [\w-]+ does not exist$/,
  // What an interrupted run has begun to delete is asked to go once more, and may have gone by then.
  /^404: in instance [\w-]+, (database|account) [\w-]+ does not exist$/,
];

/** Fails where the cloud turned a call down in a run without faults: order and references were wrong then. */
export function keepsIntegrity({ declined }: Ended): void {
  const unlawful = declined.filter(({ said }) => !asked.some((one) => one.test(said)));
  expect(unlawful, "calls that the cloud turned down, without any fault").toEqual([]);
}

/** Fails where two objects have one identity. */
export function hasNoTwins({ things }: Moment): void {
  const counts = new Map<string, string[]>();
  for (const thing of things) {
    const key = `${thing.kind} ${thing.identity}`;
    counts.set(key, [...(counts.get(key) ?? []), thing.id]);
  }
  expect(
    [...counts].filter(([, ids]) => ids.length > 1),
    "objects of one identity",
  ).toEqual([]);
}

/** Fails where an object changed that nobody of this project owned or owns, unless what it lies in has gone. */
export function leavesOthersAlone(before: Moment, after: Moment): void {
  const owned = new Set([...before.entries, ...after.entries].map(nameOf));
  const now = groups(after);
  const touched = [...groups(before)]
    .filter(([name]) => !owned.has(name))
    .filter(
      ([name, { within }]) => now.has(name) || within.every((parent) => now.has(parent) || !isKnown(before, parent)),
    )
    .filter(([name, { text }]) => now.get(name)?.text !== text)
    .map(([name, { text }]) => ({ name, before: text, after: now.get(name)?.text }));
  expect(touched, "objects of others that were touched").toEqual([]);
}

function isKnown({ things }: Moment, name: string): boolean {
  return things.some((thing) => nameOf(thing) === name);
}

/** Objects by name; what is one object to its kind may be several rows. */
function groups({
  things,
}: Moment): ReadonlyMap<string, { readonly text: string; readonly within: readonly string[] }> {
  const found = new Map<string, { text: string; within: readonly string[] }>();
  for (const thing of things) {
    const name = nameOf(thing);
    found.set(name, { text: `${found.get(name)?.text ?? ""}${essence(thing)}`, within: thing.within });
  }
  return found;
}

/** Fails where the run has left behind an object that it made and does not own. */
export function ownsWhatItMade(before: Moment, after: Moment): void {
  const known = new Set([...before.things.map(nameOf), ...after.entries.map(nameOf)]);
  // An earlier attempt may have made it, and what was made and let go since is nobody's.
  const letGo = new Set(before.entries.map(nameOf));
  const orphans = after.things.map(nameOf).filter((name) => !known.has(name) && !letGo.has(name));
  expect(orphans, "objects that were made and are not owned").toEqual([]);
}

/** Fails where something is called adopted that nobody else can have made. */
export function knowsWhatItMade(before: Moment, after: Moment): void {
  const there = new Set([...before.things, ...before.entries].map(nameOf));
  const adopted = after.entries.filter(({ origin, kind }) => origin === "adopted" && kind !== "Rollout").map(nameOf);
  expect(
    adopted.filter((name) => !there.has(name)),
    "objects that were made and are called adopted",
  ).toEqual([]);
}

/** Fails unless the ledger owns exactly what the manifests want, and each of it lives. */
export function ownsExactly(wish: readonly Manifest[], { entries, things }: Moment): void {
  const wanted = wish.map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort();
  expect(entries.map(({ address }) => address).sort(), "what is owned").toEqual(wanted);
  const live = new Set(things.map(nameOf));
  const dead = entries.filter((entry) => entry.kind !== "Rollout" && !live.has(nameOf(entry)));
  expect(dead.map(nameOf), "what is owned and does not live").toEqual([]);
}

/** True for what its project lets go of instead of deleting it. */
export function isKept({ origin, lifecycle: { deletionPolicy } }: Entry): boolean {
  return (deletionPolicy ?? (origin === "created" ? "delete" : "retain")) === "retain";
}
