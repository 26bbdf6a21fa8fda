import type { Fetch } from "../core/provider.ts";
import type { Project } from "./project.ts";
import type { RunContext } from "./run.ts";

/** The clouds of a project, connected when they are first asked for. */
export type Connections = {
  /** The API behind a provider alias; the same one for each call. */
  readonly api: (alias: string) => Promise<unknown>;
  close(): Promise<void>;
};

/**
 * Opens the way to a project's clouds. Makes no call, and loads no client before the first one. Before each call that changes
 * something `permit` is asked: where it rejects, nothing is sent.
 */
export function openConnections(project: Project, context: RunContext, permit: () => Promise<void>): Connections {
  const { world, options, signal, onMutation } = context;
  const opened = new Map<string, Promise<unknown>>();
  const network = world.fetch === undefined ? lazyNetwork() : { fetch: world.fetch, close: async () => {} };
  const connect = async (alias: string): Promise<unknown> => {
    const { provider, settings } = project.providerOf(alias);
    return provider.connect(settings, {
      fetch: network.fetch,
      env: world.env,
      clock: world.clock,
      random: world.random,
      parallelism: options.parallelism,
      pace: project.pace,
      signal,
      onMutation: async () => {
        await permit();
        onMutation();
      },
    });
  };
  return {
    api: (alias) => {
      const api = opened.get(alias) ?? connect(alias);
      opened.set(alias, api);
      return api;
    },
    close: network.close,
  };
}

function lazyNetwork(): { readonly fetch: Fetch; readonly close: () => Promise<void> } {
  const open = async () => (await import("../http/pools.ts")).openPools();
  let pools: ReturnType<typeof open> | undefined;
  return {
    fetch: async (url, request) => {
      pools ??= open();
      return (await pools).fetch(url, request);
    },
    close: async () => (await pools)?.close(),
  };
}
