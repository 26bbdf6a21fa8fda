import { kindsOf, providers } from "../../providers/index.ts";
import type { StackInput } from "../../src/cdk/stack-input.ts";
import { type Address, splitAddress } from "../../src/core/address.ts";
import { checkDesired } from "../../src/core/check.ts";
import { dependencyGraph } from "../../src/core/dependency-graph.ts";
import { type Desired, plainLifecycle } from "../../src/core/desired.ts";
import type { Entry } from "../../src/core/ledger.ts";
import type { Fields } from "../../src/core/values.ts";

/** Every kind. */
export const kinds = kindsOf(providers);

/** A manifest after validation; references may be written as in YAML. */
export function wanted(address: Address, written: Fields = {}, rest: Partial<Desired> = {}): Desired {
  const { kind, name } = splitAddress(address);
  const schema = kinds.get(kind)?.spec.partial();
  return {
    address,
    kind,
    name,
    provider: "retailcloud",
    spec: (schema?.parse(written) ?? written) as Fields,
    labels: {},
    lifecycle: plainLifecycle,
    dependsOn: [],
    source: { file: "test.yaml" },
    places: {},
    sources: {},
    ...rest,
  };
}

/** An app as a manifest wants it. */
export function wantedApp(name: string, more: Fields = {}): Desired {
  return wanted(`App/${name}`, { title: name, bizCode: "JST", language: "Java", ...more });
}

/** The ledger's entry of what a manifest wanted. */
export function owned({ address, kind, provider, spec }: Desired, id: string, more: Partial<Entry> = {}): Entry {
  return {
    address,
    kind,
    provider,
    cloud: { provider, endpoint: "localhost:1" },
    id,
    identity: kinds.get(kind)?.identity(spec) ?? "",
    scope: {},
    parents: {},
    dependencies: [],
    origin: "created",
    lifecycle: plainLifecycle,
    spec,
    ...more,
  };
}

/** A stack that wants and owns this. */
export function stackOf(
  desired: readonly Desired[],
  entries: readonly Entry[] = [],
  rest: Partial<StackInput> = {},
): StackInput {
  const { desired: checked } = checkDesired(desired, kinds);
  return {
    project: "shop",
    kinds,
    desired: checked,
    edges: dependencyGraph(checked, kinds).edges,
    entries,
    vars: {},
    root: "/nowhere",
    ...rest,
  };
}
