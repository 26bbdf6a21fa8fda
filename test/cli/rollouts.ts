import { expect } from "vitest";
import type { EmulatorOptions } from "../../src/emulator/index.ts";
import type { Ran } from "./run-cairn.ts";
import { type Shop, shop } from "./shop.ts";

/** What a rollout of the shop says beyond its release. */
export type Wish = { readonly release?: string; readonly rest?: string };

/** The manifest of a rollout of the environment web/prod. */
function rolloutManifest({ release = "v1", rest = "" }: Wish = {}): string {
  return `apiVersion: retailcloud/v1
kind: Rollout
metadata: { name: web/prod }
spec:
  environment: web/prod
  release: ${release}
  packageUrl: https://example.com/web.jar
${rest}`;
}

/** A deploy order as the emulator keeps it. */
export type Kept = {
  readonly DeployOrderId: string;
  readonly Name: string;
  readonly Status: number;
  readonly Result: number;
  readonly DeployCategory: string;
};

/** The shop with a rollout, behind a cloud as fast as its client. */
export function rolling(wish: Wish = {}, options: EmulatorOptions = {}) {
  const opened: Shop = shop({ speed: 1000, ...options });
  const declare = (next: Wish): void => opened.write("manifests/rollout.yaml", rolloutManifest(next));
  declare(wish);
  const orders = (): readonly Kept[] =>
    ((opened.emulator.state()["history"]?.["deployOrders"] ?? []) as readonly Kept[]).filter(
      ({ DeployCategory }) => DeployCategory !== "scale",
    );
  return {
    ...opened,
    declare,
    orders,
    /** The names of the rollouts so far, oldest first. */
    releases: (): readonly string[] => orders().map(({ Name }) => Name),
    /** The environment's id. */
    environment: (): string => {
      const [first] = (opened.emulator.state()["retailcloud"]?.["Environment"] ?? []) as readonly { EnvId: string }[];
      return first?.EnvId ?? "";
    },
    apply: (line = "apply --yes"): Promise<Ran> => opened.cairn(line),
  };
}

/** The project after its first rollout. */
export async function rolledOut(wish: Wish = {}, options: EmulatorOptions = {}) {
  const project = rolling(wish, options);
  const { code, stderr } = await project.apply();
  expect(stderr).not.toContain("error[");
  expect(code).toBe(0);
  return project;
}
