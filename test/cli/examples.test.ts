import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { example, objectsIn } from "./shop.ts";

const projects = readdirSync("examples");
const styles = ["sdk", "manual"] as const;
const cases = projects.flatMap((name) => styles.map((wire) => ({ name, wire })));

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

async function stacksOf(shop: ReturnType<typeof example>): Promise<readonly string[]> {
  const { code, stdout, stderr } = await shop.cairn("validate --format json");
  expect(stderr).not.toContain("error[");
  expect(code).toBe(0);
  const { stacks } = JSON.parse(stdout) as { stacks: { stack: string | null }[] };
  return stacks.map(({ stack }) => (stack === null ? "" : ` --stack ${stack}`));
}

describe("every example", () => {
  it.each(cases)("$name is applied, clean, and destroyed without rest over the $wire wire", async ({ name, wire }) => {
    const shop = example(name, { wire, speed: 1000 });
    for (const stack of await stacksOf(shop)) {
      const applied = await shop.cairn(`apply --yes${stack}`);
      expect(applied.stderr).not.toContain("error[");
      expect(applied.code).toBe(0);
      expect(total(objectsIn(shop.emulator))).toBeGreaterThan(0);
      const planned = await shop.cairn(`plan --detailed-exitcode${stack}`);
      expect(planned.stdout).toMatch(/No changes\. \d+ resources are as declared/);
      expect(planned.code).toBe(0);
      expect((await shop.cairn(`drift${stack}`)).code).toBe(0);
      expect((await shop.cairn(`destroy --yes${stack}`)).code).toBe(0);
      expect(total(objectsIn(shop.emulator))).toBe(0);
    }
  });

  it("storefront: two stacks in one account never touch each other's objects", async () => {
    const shop = example("storefront");
    expect((await shop.cairn("apply --yes --stack dev")).code).toBe(0);
    const dev = shop.emulator.state();
    const second = await shop.cairn("apply --yes --stack prod");
    expect(second.stderr).not.toContain("error[");
    expect(second.code).toBe(0);
    const both = objectsIn(shop.emulator);
    expect((await shop.cairn("plan --detailed-exitcode --stack dev")).code).toBe(0);
    expect((await shop.cairn("plan --detailed-exitcode --stack prod")).code).toBe(0);
    expect((await shop.cairn("destroy --yes --stack prod")).code).toBe(0);
    expect(shop.emulator.state()).toEqual(dev);
    expect(total(both)).toBe(2 * total(objectsIn(shop.emulator)));
  });
});
