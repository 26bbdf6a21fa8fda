import fc from "fast-check";
import { expect, test } from "vitest";
import { type KeptLedger, keptLedgers, keptName } from "../../src/ledger/kept-ledger.ts";

const anyKept: fc.Arbitrary<KeptLedger> = fc.record({
  serial: fc.maxSafeNat(),
  owned: fc.nat(),
  keptAt: fc
    .date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
    .map((date) => date.toISOString()),
});

test("keptName() says all that keptLedgers() reads, newest first, in names that every file system takes", () => {
  fc.assert(
    fc.property(fc.array(anyKept), (all) => {
      const names = all.map(keptName);
      expect(names.every((name) => /^[0-9A-Z.]+\.json$/.test(name))).toBe(true);
      const found = keptLedgers([...names, ".gitignore", "damaged.20260101T000000000Z.json", "1.json"]);
      expect(found.map(({ keptAt }) => keptAt)).toEqual(
        all
          .map(({ keptAt }) => keptAt)
          .sort()
          .reverse(),
      );
      expect(new Set(found.map(keptName))).toEqual(new Set(names));
    }),
  );
});
