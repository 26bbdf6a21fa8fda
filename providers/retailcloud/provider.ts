import type { Provider } from "../../src/core/provider.ts";
import * as kinds from "./index.ts";
import type { RetailKind } from "./resource.ts";
import { cloudOf, settingsSchema } from "./settings.ts";

/** Every kind of RetailCloud, each with the actions that it calls. */
export const retailcloudKinds: readonly RetailKind[] = Object.values(kinds);

/** Alibaba's RetailCloud. */
export const retailcloud: Provider = {
  name: "retailcloud",
  description: "Alibaba RetailCloud: apps and their environments, clusters and their storage, databases",
  settings: settingsSchema,
  kinds: retailcloudKinds,
  cloudOf,
  // Loaded when somebody calls: validation needs neither HTTP nor keys.
  connect: async (settings, world) => (await import("./client.ts")).connect(settings, world),
  views: async () => (await import("./read-view.ts")).retailcloudLooks,
  rollouts: async () => (await import("./rollouts.ts")).retailcloudRollouts,
  calls: async () => (await import("./catalogue/catalogue.ts")).retailcloudCalls,
};
