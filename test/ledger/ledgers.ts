import fc from "fast-check";
import type { Entry, LedgerState } from "../../src/core/ledger.ts";
import type { Fields } from "../../src/core/values.ts";

/** An owned object as a run would record it. */
export const entry: Entry = {
  address: "App/storefront",
  kind: "App",
  provider: "retailcloud",
  cloud: { provider: "retailcloud", region: "cn-zhangjiakou", endpoint: "127.0.0.1:8087" },
  id: "9223372036854775807",
  identity: "storefront",
  scope: {},
  parents: {},
  dependencies: [],
  origin: "created",
  lifecycle: { ignoreChanges: [], force: false },
  spec: { title: "storefront", userRoles: [{ roleName: "owner", userId: "1" }] },
};

/** A ledger that owns `entry` and was about to make an environment. */
export const ledger: LedgerState = {
  format: 1,
  project: "storefront",
  lineage: "5f0c",
  serial: 1,
  entries: { [entry.address]: entry },
  intents: [
    {
      action: "create",
      entry: {
        ...withoutId(entry),
        address: "Environment/storefront/prod",
        kind: "Environment",
        scope: { app: "9223372036854775807" },
        parents: { app: "App/storefront" },
        dependencies: ["App/storefront"],
        lifecycle: { preventDestroy: true, ignoreChanges: ["replicas"], deletionPolicy: "retain", force: false },
        triggers: { deployConfig: "d1" },
      },
      since: "2026-11-21T10:00:00.000Z",
    },
    { action: "update", entry: everything(), mark: "1024", since: "2026-11-21T10:00:00.000Z" },
  ],
};

/** An entry with every field that there is: what is written has to be readable. */
function everything(): Required<Entry> {
  return {
    ...entry,
    address: "Rollout/storefront/prod",
    kind: "Rollout",
    cloud: { provider: "retailcloud", region: "cn-zhangjiakou", project: "p", endpoint: "127.0.0.1:8087" },
    triggers: { deployConfig: "d1" },
  };
}

function withoutId({ id: _, ...rest }: Entry): Omit<Entry, "id"> {
  return rest;
}

/** Any JSON number that the language holds, whole ones beyond 2^53 included. */
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0),
);

/** Any spec: keys and texts of every sort, `__proto__` and long digits included. */
const anySpec: fc.Arbitrary<Fields> = fc
  .dictionary(
    fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("__proto__", "constructor", "80", "8")),
    fc.jsonValue().map((value) => value as Fields[string]),
    { maxKeys: 5 },
  )
  .chain((fields) => number.map((one) => ({ ...fields, number: one, id: "9007199254740993" })));

/** Any ledger of the project `storefront`. */
export const anyLedger: fc.Arbitrary<LedgerState> = fc
  .record({
    serial: fc.nat(),
    lineage: fc.uuid(),
    stack: fc.option(fc.constantFrom("dev", "prod"), { nil: undefined }),
    objects: fc.uniqueArray(fc.tuple(fc.string({ minLength: 1 }), anySpec, fc.bigInt({ min: 1n, max: 2n ** 64n })), {
      selector: ([name]) => name,
      maxLength: 5,
    }),
  })
  .map(({ serial, lineage, stack, objects }) => ({
    ...ledger,
    serial,
    lineage,
    ...(stack === undefined ? {} : { stack }),
    entries: Object.fromEntries(
      objects.map(([name, spec, id]) => [
        `App/${name}`,
        { ...entry, address: `App/${name}` as const, spec, id: String(id) },
      ]),
    ),
  }));
