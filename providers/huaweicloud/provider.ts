import type { Provider } from "../../src/core/provider.ts";
import * as kinds from "./index.ts";
import type { HuaweiKind } from "./resource.ts";
import { cloudOf, settingsSchema } from "./settings.ts";

/** Every kind of Huawei Cloud, each with the operations that it calls. */
export const huaweicloudKinds: readonly HuaweiKind[] = Object.values(kinds);

/** Huawei Cloud: add-ons of CCE clusters, and dedicated API gateways. */
export const huaweicloud: Provider = {
  name: "huaweicloud",
  description: "Huawei Cloud: add-ons of CCE clusters, dedicated API gateways (APIG)",
  settings: settingsSchema,
  kinds: huaweicloudKinds,
  cloudOf,
  // Loaded when somebody calls: validation needs neither HTTP nor keys.
  connect: async (settings, world) => (await import("./client.ts")).connect(settings, world),
  calls: async () => (await import("./catalogue/catalogue.ts")).huaweicloudCalls,
};
