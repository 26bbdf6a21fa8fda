import type { Change, Plan } from "../../src/core/change.ts";
import { fault } from "../../src/core/errors.ts";
import type { Value } from "../../src/core/values.ts";
import { change, field, planOf } from "./changes.ts";

/** What must never show in any output. */
export const secretWords = ["hunter2", "correct-horse", "s3cr3t-signature"];

function deployment(image: string, replicas: number, password: string): Value {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "storefront" },
    spec: {
      replicas,
      selector: { matchLabels: { app: "storefront" } },
      template: {
        metadata: { labels: { app: "storefront" } },
        spec: {
          containers: [
            {
              name: "web",
              image,
              env: [
                { name: "DB_PASSWORD", value: password },
                { name: "JAVA_OPTS", value: "-Xmx1g -Dspring.profiles=${spring.profile}" },
              ],
              ports: [{ containerPort: 8080 }],
            },
          ],
        },
      },
    },
  };
}

const created: Change[] = [
  change("App/storefront", {
    action: "create",
    reason: "declared, and not in the cloud",
    source: { file: "manifests/apps.yaml", line: 2, column: 1 },
    after: {
      title: "店铺前台",
      description: "商城的前台应用",
      homepage: "https://oss.example/a?Signature=s3cr3t-signature",
    },
    fields: [
      field("title", { after: "店铺前台" }),
      field("description", { after: "商城的前台应用" }),
      field("homepage", { after: "https://oss.example/a?Signature=s3cr3t-signature" }),
    ],
  }),
  change("DeployConfig/storefront/online", {
    action: "create",
    reason: "declared, and not in the cloud",
    source: { file: "manifests/configs.yaml", line: 14 },
    after: { app: { to: "App/storefront" }, name: "online", deployment: deployment("web:1.4", 2, "hunter2") },
    fields: [
      field("app", { after: "storefront", unknown: true }),
      field("name", { after: "online" }),
      field("deployment", { after: deployment("web:1.4", 2, "hunter2"), yaml: true }),
    ],
  }),
  change("RdsAccount/shop", {
    action: "create",
    provider: "brand-a",
    reason: "declared, and not in the cloud",
    source: { file: "manifests/db.yaml", line: 1 },
    after: { accountName: "shop", accountPassword: "correct-horse" },
    fields: [field("accountName", { after: "shop" }), field("accountPassword", { secret: true })],
  }),
];

const updated: Change[] = [
  change("DeployConfig/pay/online", {
    action: "update",
    id: "301",
    reason: "git and the cloud have both moved",
    source: { file: "manifests/configs.yaml", line: 60 },
    disruption: "restart",
    before: { app: "12", name: "online", codePath: "/srv/pay", deployment: deployment("web:1.3", 2, "hunter2") },
    after: { app: { to: "App/pay" }, name: "online", deployment: deployment("web:1.4", 3, "correct-horse") },
    fields: [
      field("codePath", { before: "/srv/pay", class: "drift" }),
      field("deployment", {
        before: deployment("web:1.3", 2, "hunter2"),
        after: deployment("web:1.4", 3, "correct-horse"),
        yaml: true,
        class: "conflict",
        disruption: "restart",
      }),
    ],
  }),
  change("RdsAccount/pay", {
    action: "update",
    id: "pay",
    reason: "git has moved",
    source: { file: "manifests/db.yaml", line: 9 },
    before: { accountName: "pay", accountPassword: { $scrypt: "s3cr3t-signature" }, accountType: "Normal" },
    after: { accountName: "pay", accountPassword: "hunter2", accountType: "Super" },
    fields: [
      field("accountPassword", { secret: true }),
      field("accountType", { before: "Normal", after: "Super", disruption: "data-loss" }),
    ],
    disruption: "data-loss",
  }),
  change("Sample/一号", {
    action: "update",
    adopts: true,
    origin: "adopted",
    id: "88",
    reason: "exists, is not owned yet, and differs",
    source: { file: "manifests/样例.yaml", line: 3 },
    before: { labels: { 环境: "测试", token: "hunter2" }, tags: [{ key: "team", value: "web" }] },
    after: { labels: { 环境: "线上", token: "hunter2", note: "ready" }, tags: [{ key: "team", value: "ops" }] },
    fields: [
      field("labels.环境", { before: "测试", after: "线上" }),
      field("labels.token", { before: "hunter2", after: "correct-horse" }),
      field("labels.note", { after: "ready" }),
      field("tags[team].value", { before: "web", after: "ops" }),
      field("free", { before: "first line\nsecond line\n", after: "first line\n第二行\nthird line\n" }),
    ],
  }),
];

const rebuilt: Change[] = [
  change("Environment/storefront/prod", {
    action: "replace",
    id: "77",
    reason: "envType cannot be changed in place",
    source: { file: "manifests/environments.yaml", line: 21 },
    disruption: "replace",
    before: { app: "12", deployConfig: "301", envName: "prod", envType: "test", replicas: 2 },
    after: {
      app: { to: "App/pay" },
      deployConfig: { to: "DeployConfig/storefront/online" },
      envName: "prod",
      envType: "online",
      replicas: { min: 2, max: 4 },
    },
    replace: { order: "delete-first", because: ["envType"] },
    fields: [
      field("deployConfig", { before: "pay/online", after: "storefront/online", unknown: true }),
      field("envType", { before: "test", after: "online", forcesReplace: true, disruption: "replace" }),
      field("replicas", { before: 2, after: { min: 2, max: 4 }, class: "drift" }),
    ],
  }),
  change("SlbAP/storefront/web", {
    action: "replace",
    id: "9007199254740993",
    reason: "Environment/storefront/prod is replaced, and environment cannot be changed in place",
    source: { file: "manifests/slb.yaml", line: 4 },
    before: { environment: "77", name: "web", listenerPort: 443 },
    after: { environment: { to: "Environment/storefront/prod" }, name: "web", listenerPort: 443 },
    replace: { order: "create-first", because: ["environment"] },
    fields: [
      field("environment", { before: "storefront/prod", after: "storefront/prod", unknown: true, forcesReplace: true }),
    ],
  }),
];

const others: Change[] = [
  change("App/old-shop", {
    action: "delete",
    id: "15",
    reason: "owned, and no longer declared",
    before: { title: "Old shop" },
  }),
  change("App/pay", {
    action: "adopt",
    adopts: true,
    origin: "adopted",
    id: "12",
    reason: "exists (id 12), and is not owned yet",
    source: { file: "manifests/apps.yaml", line: 12 },
    before: { title: "pay" },
    after: { title: "pay" },
  }),
  change("App/returns", {
    action: "move",
    previousAddress: "App/refunds",
    id: "16",
    reason: "owned as App/refunds until now",
    source: { file: "manifests/apps.yaml", line: 20 },
    before: { title: "returns" },
    after: { title: "returns" },
  }),
  change("App/gone", {
    action: "forget",
    id: "17",
    reason: "owned, and gone from the cloud",
    before: { title: "gone" },
  }),
  change("App/same", {
    id: "18",
    source: { file: "manifests/apps.yaml", line: 30 },
    before: { title: "same" },
    after: { title: "same" },
  }),
];

/** One plan that holds every kind of change, secrets, unknowns, multi-line text and Chinese names. */
export const everything: Plan = planOf([...created, ...updated, ...rebuilt, ...others], {
  stack: "prod",
  operations: [
    { key: "create App/storefront", address: "App/storefront", action: "create", after: [] },
    { key: "delete Environment/storefront/prod", address: "Environment/storefront/prod", action: "delete", after: [] },
    {
      key: "create Environment/storefront/prod",
      address: "Environment/storefront/prod",
      action: "create",
      after: ["delete Environment/storefront/prod", "create App/storefront"],
    },
  ],
  known: {
    "App/pay": { id: "12", spec: { title: "pay" }, scope: {} },
    "Environment/storefront/prod": { id: "77", spec: {}, scope: {} },
  },
  calls: { CreateApp: 1, CreateEnvironment: 2, ListApp: 0 },
  refusals: [
    fault("E_PROTECTED", "App/old-shop is protected, and the plan deletes it", {
      address: "App/old-shop",
      help: "allow it with --allow destroy=App/old-shop, or declare it again",
    }),
  ],
  warnings: [
    {
      severity: "warning",
      code: "E_SECRET",
      message: "accessKeySecret stands in cairn.yaml in clear",
      place: { file: "cairn.yaml", line: 8, column: 5 },
    },
  ],
  left: ["App/later"],
});
