import type { LedgerBackend } from "../../src/ledger/backend.ts";
import type { ConditionalStore } from "../../src/ledger/conditional-store.ts";
import { type StoreBackendOptions, storeBackend } from "../../src/ledger/store-backend.ts";

/** The ledger of the project `storefront` in a store. */
export function openStoreBackend(store: ConditionalStore, rest: Partial<StoreBackendOptions> = {}): LedgerBackend {
  return storeBackend({
    store,
    name: "storefront/ledger.json",
    project: "storefront",
    locate: (name) => `mem://${name}`,
    placeOf: (name) => `mem:${name}`,
    ...rest,
  });
}
