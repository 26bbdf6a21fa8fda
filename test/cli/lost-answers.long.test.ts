import { describe, expect, it } from "vitest";
import { example, objectsIn, type Shop } from "./shop.ts";

/** Every kind of the project is in one of these. */
const projects = [
  { name: "storefront", stack: " --stack dev" },
  { name: "platform", stack: "" },
  { name: "edge", stack: " --stack staging" },
] as const;

const effects = ["drop-response", "reset", "http500", "malformed"] as const;
const cases = projects.flatMap((project) => effects.map((effect) => ({ ...project, effect })));

/** Has three calls in ten that change something end in the effect; lists lag for seconds of the cloud's own time. */
function trouble({ emulator }: Shop, effect: string, seed: number): void {
  emulator.setFaults({
    seed,
    rules: [
      { match: { mutating: true, probability: 0.3 }, effect },
      { match: { probability: 0.5 }, effect: "stale-list", ms: 3000 },
    ],
  });
}

/** How many applies it takes until one ends well. */
async function appliesUntilDone(shop: Shop, line: string): Promise<number> {
  for (let count = 1; count <= 2; count += 1) {
    const ran = await shop.cairn(line);
    if (ran.code === 0) return count;
    expect(ran.code).toBe(3);
  }
  return Number.POSITIVE_INFINITY;
}

describe("an apply whose answers get lost", () => {
  it.each(cases)(
    "$name: converges with $effect, makes nothing twice, and destroys without rest",
    async ({ name, stack, effect }) => {
      const calm = example(name, { speed: 1000 });
      expect((await calm.cairn(`apply --yes${stack}`)).code).toBe(0);
      const shop = example(name, { speed: 1000 });
      trouble(shop, effect, 7);
      expect(await appliesUntilDone(shop, `apply --yes${stack}`)).toBeLessThanOrEqual(2);
      expect(objectsIn(shop.emulator)).toEqual(objectsIn(calm.emulator));
      trouble(shop, effect, 8);
      expect(await appliesUntilDone(shop, `destroy --yes${stack}`)).toBeLessThanOrEqual(2);
      expect(Object.values(objectsIn(shop.emulator)).reduce((sum, count) => sum + count, 0)).toBe(0);
    },
  );
});
