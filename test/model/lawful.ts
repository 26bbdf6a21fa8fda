import { expect } from "vitest";
import { isKept, type Moment } from "./laws.ts";
import type { Ended } from "./site.ts";

type Reason = { readonly said: RegExp; readonly holds?: (words: readonly string[], before: Moment) => boolean };

/** Why a run without faults may end without success, and what must be true then. */
const reasons: readonly Reason[] = [
  { said: /^error\[E_CANNOT_UNSET\]/ },
  // What was let go of, or made by somebody, has the identity.
  { said: /^error\[E_ADOPT\] .*: (\w+) with id (.+) exists, is not owned, and differs in/, holds: isNobodys },
  {
    said: /^error\[E_CANNOT_(?:DELETE|REPLACE)\] .*: cannot be \w+d: (\S+) needs it, and is kept in the cloud/,
    holds: ([address], { entries }) => entries.some((one) => one.address === address && isKept(one)),
  },
  { said: /^error\[E_CANNOT_DELETE\] .*: cannot be \w+d: ([\w-]+)(?:, [\w-]+)* still carry it$/, holds: isKeptSet },
  {
    said: /^error\[E_CANNOT_DELETE\] .*: cannot be \w+d: it is bound to (?:a claim|the claim (\S+))$/,
    holds: isKeptClaim,
  },
  {
    said: /^error\[E_CANNOT_(?:DELETE|REPLACE)\] .*: (\S+) goes with the old claim, and its data with it/,
    holds: ([address], { entries }) => entries.some((one) => one.address === address),
  },
  {
    said: /^error\[E_CANNOT_REPLACE\] .*: a (\w+) that is not owned already has the new identity \(id (.+)\)$/,
    holds: isNobodys,
  },
  // A grant whose database and account both stay.
  {
    said: /^error\[E_CANNOT_DELETE\] (\S+): the API cannot remove a DbGrant by itself: it goes with/,
    holds: ([address], { entries }) => entries.some((one) => one.address === address && one.kind === "DbGrant"),
  },
  {
    said: /^error\[E_CANNOT_REPLACE\] .* the old and the new object have the same identity, and .* still uses the old one/,
  },
  { said: /^error\[E_(CANNOT_REPLACE|NO_UPDATE)\] .* an edition can only grow/ },
  { said: /^error\[E_CYCLE\]: the changes depend on each other in a circle/ },
];

/** A set of nodes that the project lets go of, or that somebody else has made. */
function isKeptSet([node]: readonly string[], { entries, things }: Moment): boolean {
  const sets = things.filter(({ kind, row }) => kind === "NodeLabelBinding" && row["InstanceId"] === node);
  return sets.some(({ id }) => entries.every((one) => one.kind !== "NodeLabelBinding" || one.id !== id || isKept(one)));
}

/** A claim that nobody of the project owns, or that it lets go of. One style of answers does not name it. */
function isKeptClaim([name]: readonly (string | undefined)[], { entries, things }: Moment): boolean {
  const claims = things.filter(
    ({ kind, row }) => kind === "PersistentVolumeClaim" && (name === undefined || row["Name"] === name),
  );
  return claims.some(({ id }) => entries.every((one) => one.id !== id || isKept(one)));
}

function isNobodys([kind, id]: readonly string[], { entries, things }: Moment): boolean {
  const is = (one: { readonly kind: string; readonly id: string }): boolean => one.kind === kind && one.id === id;
  // What an environment that was created in a cluster has been allocated goes by the environment's id, and is nobody's.
  const isAllocated = kind === "AppResourceAlloc" && things.some((one) => one.kind === "Environment" && one.id === id);
  return (isAllocated || things.some(is)) && !entries.some(is);
}

/** Fails unless a run was refused for reasons that the model knows, and before it sent anything. */
export function lawful({ code, stderr, sent }: Ended, before: Moment): void {
  const errors = stderr.split("\n").filter((line) => line.startsWith("error["));
  const isLawful = (line: string): boolean =>
    reasons.some(({ said, holds = () => true }) => {
      const [whole, ...words] = said.exec(line) ?? [];
      return whole !== undefined && holds(words, before);
    });
  expect(
    errors.filter((line) => !isLawful(line)),
    "refusals that no law asks for",
  ).toEqual([]);
  expect([sent, code === 1 || code === 4], "a refusal sends nothing").toEqual([0, true]);
}
