import { expect } from "vitest";
import type { Emulator } from "../../src/emulator/index.ts";
import { type Github, openGithub } from "./github.ts";
import type { PackageRegistry } from "./package-registry.ts";

/** The project on GitHub after its first apply. */
export async function applied(registry: PackageRegistry): Promise<Github> {
  const github = await openGithub(registry);
  const { status, log } = await github.onMain("push");
  expect(status, log).toBe("success");
  github.emulator.clearCalls();
  return github;
}

/** The calls since the last look that changed something. */
export function changesIn({ emulator }: { readonly emulator: Emulator }): readonly string[] {
  const calls = emulator.calls().map(({ action }) => action);
  emulator.clearCalls();
  return calls.filter((action) => !/^(List|Describe|Query)/.test(action));
}

/** Somebody scales every environment in the console. */
export function scale({ emulator }: { readonly emulator: Emulator }, replicas: number): void {
  const state = JSON.parse(JSON.stringify(emulator.state()));
  for (const environment of state.retailcloud.Environment) environment.Replicas = replicas;
  emulator.reset(state);
}
