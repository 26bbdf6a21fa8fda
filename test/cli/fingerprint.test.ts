import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { fingerprints, movedParts } from "../../src/cli/fingerprint.ts";
import type { Address } from "../../src/core/address.ts";
import type { Plan } from "../../src/core/change.ts";
import type { Desired } from "../../src/core/desired.ts";
import { reference } from "../../src/core/reference.ts";
import { canonicalText, type Fields } from "../../src/core/values.ts";
import { testKind, kinds as testKinds } from "../core/fixtures/kinds.ts";
import { owned, planFor, wanted } from "../core/fixtures/plans.ts";
import { row, worldOf } from "../core/fixtures/world.ts";

/** Goes by what is in a gadget. */
const notice = testKind({
  kind: "Notice",
  spec: z.strictObject({ name: z.string(), gadget: reference("Gadget") }),
  triggeredBy: ["gadget"],
});
const kinds = new Map([...testKinds, [notice.kind, notice]]);

const noticed: Desired = {
  ...wanted("Site/n"),
  kind: "Notice",
  address: "Notice/n",
  spec: { name: "n", gadget: { to: "Gadget/g0" } },
};

/** The fingerprints of a plan, and what had to be sealed for them. */
function fingerprinted(plan: Plan): { prints: Readonly<Record<Address, string>>; sealed: readonly string[] } {
  const sealed: string[] = [];
  const prints = fingerprints(plan, kinds, (secret) => {
    sealed.push(canonicalText(secret));
    return { seal: secret };
  });
  return { prints, sealed };
}

/** A gadget with this secret wherever one may stand. */
function gadgetWith(secret: string): Fields {
  const env = [{ name: "API_TOKEN", value: secret }];
  return {
    phrase: secret,
    pin: secret,
    account: { user: "u", word: secret },
    users: [{ name: "x", word: secret }],
    knobs: { env, url: `https://a.test/?token=${secret}` },
    sheets: [{ kind: "ConfigMap", metadata: { name: "c" }, data: { password: secret, "a.env": `SECRET=${secret}` } }],
  };
}

/** The plan for gadgets that are owned, and whose specs are these in the cloud and in the manifests. */
function planOf(gadgets: readonly { readonly live?: Fields; readonly now: Fields }[]): Plan {
  const all = gadgets.map((one, index) => ({ ...one, name: `g${index}` }));
  const there = all.flatMap(({ name, live }) => (live === undefined ? [] : [{ name, live }]));
  return planFor(worldOf(...there.map(({ name, live }) => row("Gadget", `id-${name}`, { name, ...live }))), {
    kinds,
    desired: all.map(({ name, now }) => wanted(`Gadget/${name}`, now)),
    entries: there.map(({ name, live }) => owned(`Gadget/${name}`, `id-${name}`, live)),
  });
}

describe("fingerprints()", () => {
  it("seal all secrets of a spec at once", () => {
    const { sealed } = fingerprinted(planOf([{ now: gadgetWith("s-1") }]));
    expect(sealed).toHaveLength(1);
    expect(sealed[0]?.match(/s-1/g)).toHaveLength(8);
  });

  it("seal equal secrets alike, so that each is sealed once: of two hundred resources, in the cloud and in the manifests", () => {
    const one = { phrase: "s-1", knobs: { db: { password: "s-2" } } };
    const { sealed } = fingerprinted(planOf(Array.from({ length: 200 }, () => ({ live: one, now: one }))));
    expect(sealed).toHaveLength(400);
    expect(new Set(sealed)).toEqual(new Set(['["s-2","s-1"]']));
  });

  it("seal nothing where there is no secret, nor what the ledger holds sealed", () => {
    const plain = { make: "x", memo: "m" };
    expect(fingerprinted(planOf([{ live: plain, now: plain }])).sealed).toEqual([]);
    expect(fingerprinted(planOf([{ live: { pin: "1234" }, now: { pin: "1234" } }])).sealed).toEqual(['["1234"]']);
  });

  it("tell a secret that moved in the cloud from one that moved in the manifests", () => {
    const printsOf = (live: string, now: string) =>
      fingerprinted(planOf([{ live: { phrase: live }, now: { phrase: now } }])).prints["Gadget/g0"] ?? "";
    const saved = printsOf("a", "b");
    expect(saved).toMatch(/^[\w-]{43}\.[\w-]{43}\.[\w-]{43}$/);
    expect(movedParts(saved, printsOf("a", "b"))).toEqual([]);
    expect(movedParts(saved, printsOf("c", "b"))).toEqual(["what the cloud shows"]);
    expect(movedParts(saved, printsOf("a", "c"))).toEqual(["what the manifests want"]);
  });

  it("tell apart the places at which the same secrets stand", () => {
    const printOf = (db: Fields) => fingerprinted(planOf([{ now: { knobs: { db } } }])).prints["Gadget/g0"];
    const all = [
      { password: "a", token: "b" },
      { password: "b", token: "a" },
      { password: "a", other: "b" },
    ];
    expect(new Set(all.map(printOf)).size).toBe(3);
  });

  it("depend on secrets by their seals alone, also where another secret triggers something", () => {
    const printsOf = (secret: string) => {
      // The ledger's seal of a pin is another for another pin.
      const [live, now] = [{ ...gadgetWith(`${secret}-old`), pin: "1234" }, gadgetWith(secret)];
      const poster = { name: "n", gadget: "id-g0" };
      const made = planFor(worldOf(row("Gadget", "id-g0", { name: "g0", ...live }), row("Notice", "id-n", poster)), {
        kinds,
        desired: [wanted("Gadget/g0", now), noticed],
        entries: [
          owned("Gadget/g0", "id-g0", live),
          {
            ...owned("Site/n", "id-n"),
            kind: "Notice",
            address: "Notice/n",
            identity: "n",
            triggers: { gadget: "old" },
          },
        ],
      });
      expect(made.changes.map(({ action }) => action)).toEqual(["update", "update"]);
      return fingerprints(made, kinds, () => "sealed");
    };
    const expected = printsOf("s-1");
    fc.assert(
      fc.property(fc.uuid(), (secret) => {
        expect(printsOf(secret)).toEqual(expected);
      }),
      { numRuns: 5 },
    );
  });
});
