import { describe, expect, it } from "vitest";
import * as cairn from "../src/index.ts";

describe("the library", () => {
  it("plans an example without the command line", async () => {
    const files = cairn.filesOnDisk("examples/storefront");
    const settings = new Map(cairn.providers.map((provider) => [provider.name, provider.settings]));
    const { config } = cairn.loadConfig({ files, env: {}, vars: {}, settings, credentials: true });
    const stack = config?.forStack("dev").config;
    if (stack === undefined) throw new Error("the example has no stack dev");
    const { desired } = cairn.loadManifests({ files, config: stack, providers: cairn.providers, env: {} });
    const kinds = cairn.kindsOf(cairn.providers);
    const ledger = cairn.emptyLedger(stack.project, stack.stack, "a lineage");
    const fetch = cairn.createFetch(cairn.createEmulator().handle);
    const connected = new Map<string, Promise<unknown>>();
    const api = (alias: string): Promise<unknown> => {
      const own = stack.providers.get(alias);
      const provider = cairn.providers.find(({ name }) => name === own?.provider);
      const { signal } = new AbortController();
      const clock = cairn.systemClock;
      const world = { fetch, env: {}, clock, random: () => 0.5, parallelism: 4, pace: 1, signal };
      const opened = connected.get(alias) ?? provider?.connect(own?.settings ?? {}, world) ?? Promise.reject();
      connected.set(alias, opened);
      return opened;
    };
    const snapshot = await cairn.refresh({ kinds, desired, ledger, api });
    const plan = cairn.plan({
      project: stack.project,
      kinds,
      desired,
      ledger,
      snapshot,
      clouds: new Map([...stack.providers].map(([alias, own]) => [alias, cloudOf(own)])),
      ownedElsewhere: new Map(),
      options: cairn.plainOptions,
    });
    expect(plan.errors).toEqual([]);
    expect(plan.changes.every(({ action }) => action === "create")).toBe(true);
    expect(plan.changes).toHaveLength(desired.length);
    expect(cairn.renderPlanText(plan, { paint: cairn.paintWith(false) })).toContain(
      `Plan: ${desired.length} to create`,
    );
  });
});

type Configured = { readonly provider: string; readonly settings: Parameters<cairn.Provider["cloudOf"]>[0] };

function cloudOf({ provider, settings }: Configured): ReturnType<cairn.Provider["cloudOf"]> {
  const found = cairn.providers.find(({ name }) => name === provider);
  if (found === undefined) throw new Error(`there is no provider ${provider}`);
  return found.cloudOf(settings);
}
