import type { DriftReport } from "../../src/core/drift.ts";
import { fault } from "../../src/core/errors.ts";

/** A comparison in which everything happens: moved, gone, unmanaged, as applied, and not to be compared. */
export const driftReport: DriftReport = {
  project: "storefront",
  stack: "prod",
  changed: [
    {
      ...{ address: "App/storefront", kind: "App", provider: "retailcloud", id: "12" },
      source: { file: "manifests/apps.yaml", line: 2, column: 1 },
      fields: [
        { field: "title", path: "title", applied: "店铺前台", live: "<b>店铺</b> ``` | \\" },
        { field: "description", path: "description", live: "set by hand" },
        { field: "password", path: "password", secret: true },
        { field: "free", path: "free", applied: "one\ntwo\n", live: "one\n</details>\n" },
      ],
    },
    {
      ...{ address: "App/elsewhere", kind: "App", provider: "retailcloud", id: "13" },
      source: { file: "/somewhere/ledger.json" },
      fields: [{ field: "title", path: "title", applied: "a", live: "b" }],
    },
  ],
  missing: [{ address: "SlbAP/storefront/web", kind: "SlbAP", provider: "retailcloud", fields: [] }],
  unmanaged: [
    { kind: "Service", provider: "brand-a", id: "55", identity: "<debug>", scope: { "environment.app": "12" } },
  ],
  same: 1,
  unchanged: ["App/same"],
  errors: [
    fault("E_REFUSED", "ListEnvironment was refused; nothing of it counts as missing", {
      address: "Environment/storefront/prod",
      place: { file: "manifests/environments.yaml", line: 4, column: 1 },
      cloud: { action: "ListAppEnvironment", status: 200, code: "3", message: "权限错误", requestId: "R-1" },
    }),
  ],
  warnings: [],
};
