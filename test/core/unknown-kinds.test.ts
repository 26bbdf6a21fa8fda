import { describe, expect, it } from "vitest";
import { unknownKinds } from "../../src/core/unknown-kinds.ts";
import { kinds } from "./fixtures/kinds.ts";
import { actionsOf, ledgerOf, owned, planFor } from "./fixtures/plans.ts";
import { home } from "./fixtures/village.ts";
import { worldOf } from "./fixtures/world.ts";

const ghost = { ...owned("Site/home", "g1"), address: "Ghost/g", kind: "Ghost" } as const;
const { id: _, ...begun } = { ...ghost, address: "Ghost/begun" as const };
const intent = { action: "create", entry: begun, since: "2026-01-01T00:00:00Z" } as const;

describe("unknownKinds()", () => {
  it("names each resource once that is owned or was begun and that nobody can look at, with the way out", () => {
    const found = unknownKinds(ledgerOf([home().entry, ghost], [intent, { ...intent, action: "delete" }]), kinds);
    expect(found.map(({ code, address, message }) => `${code} ${address}: ${message}`)).toEqual([
      "E_UNKNOWN_KIND Ghost/g: the ledger owns it, and no provider of this cairn knows the kind Ghost",
      "E_UNKNOWN_KIND Ghost/begun: the ledger owns it, and no provider of this cairn knows the kind Ghost",
    ]);
    expect(found[0]?.help).toContain("leave the object to the cloud: cairn ledger forget Ghost/g");
  });

  it("is an error of every plan, a destroy's as well", () => {
    for (const options of [{}, { destroy: true }]) {
      const made = planFor(worldOf(home().row), { desired: [home().desired], entries: [home().entry, ghost], options });
      expect(made.errors).toMatchObject([{ code: "E_UNKNOWN_KIND", address: "Ghost/g" }]);
      expect(actionsOf(made)).not.toHaveProperty("Ghost/g");
    }
  });
});
