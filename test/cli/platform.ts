import { expect } from "vitest";
import { example, type Shop } from "./shop.ts";

/** Secrets that occur nowhere else. */
export const secrets = { NODE_PASSWORD: "N0de-pw-4711!x", ORDERS_PASSWORD: "0rders-pw-4712!y" };

/** The example behind a cloud as fast as its client, with these secrets in the environment. */
export function platform(options: Parameters<typeof example>[1] = {}) {
  const shop = example("platform", { speed: 1000, ...options });
  const texts: string[] = [];
  return {
    ...shop,
    texts,
    cairn: async (line: string, env: Readonly<Record<string, string>> = {}) => {
      const ran = await shop.cairn(line, { env: { ...secrets, ...env } });
      texts.push(ran.stdout, ran.stderr);
      return ran;
    },
  };
}

/** The calls since the last look that changed something. */
export function changesIn({
  emulator,
}: Pick<Shop, "emulator">): readonly { action: string; params: Record<string, unknown> }[] {
  const calls = emulator.calls().filter(({ action }) => !/^(List|Describe|Query)/.test(action));
  emulator.clearCalls();
  return calls.map(({ action, params }) => ({ action, params: { ...params } }));
}

/** The names of calls. */
export const actionsOf = (calls: readonly { action: string }[]): readonly string[] => calls.map(({ action }) => action);

/** The platform after its first apply. */
export async function built(options: Parameters<typeof example>[1] = {}) {
  const shop = platform(options);
  const applied = await shop.cairn("apply --yes");
  expect(applied.stderr).not.toContain("error[");
  expect(applied.code).toBe(0);
  return shop;
}

/** Fails unless a plan has nothing to do. */
export async function isClean(
  shop: ReturnType<typeof platform>,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const planned = await shop.cairn("plan --detailed-exitcode", env);
  expect(planned.stdout).toContain("No changes.");
  expect(planned.code).toBe(0);
}
