import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { example, keys, type Shop } from "./shop.ts";

/** A value that an export asks for. */
export type Supply = {
  readonly source: "env" | "var";
  readonly name: string;
  readonly why: "credentials" | "hidden" | "secret";
  readonly address?: string;
  readonly field?: string;
};

/** What `cairn export --format json` says. */
export type Told = {
  readonly out: string;
  readonly files: readonly { readonly file: string; readonly manifests: number }[];
  readonly objects: Readonly<Record<string, number>>;
  readonly supply: readonly Supply[];
  readonly not_shown: Readonly<Record<string, readonly string[]>>;
  readonly left_out: {
    readonly fields: readonly { readonly address: string; readonly field: string; readonly message: string }[];
    readonly objects: readonly { readonly kind: string; readonly id: string; readonly message: string }[];
  };
};

/** Exports to a folder in the project; fails where that fails. */
export async function exported(at: Pick<Shop, "cairn">, words = ""): Promise<Told> {
  const ran = await at.cairn(`export --out new --format json ${words}`.trim());
  expect(ran.stderr).not.toContain("error[");
  expect(ran.code).toBe(0);
  return JSON.parse(ran.stdout) as Told;
}

/** The files of an exported project by their paths in it. */
export function filesIn(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(names.map((name) => [name.slice(folder.length + 1), readFileSync(name, "utf8")]));
}

/** Writes the variables to the exported cairn.yaml as its comments ask for, and returns the environment. Values are YAML. */
function supply(
  at: Pick<Shop, "edit">,
  told: Told,
  valueFor: (one: Supply) => string,
): Readonly<Record<string, string>> {
  const variables = told.supply.filter(({ source }) => source === "var");
  if (variables.length > 0) at.edit("new/cairn.yaml", "\n# vars:\n", "\nvars:\n");
  for (const one of variables)
    at.edit("new/cairn.yaml", `\n#   ${one.name}:  #`, `\n  ${one.name}: ${valueFor(one)}  #`);
  const secrets = told.supply.filter(({ source }) => source === "env");
  return Object.fromEntries(
    secrets.map((one) => [one.name, one.why === "credentials" ? credentialOf(one.name) : valueFor(one)]),
  );
}

function credentialOf(name: string): string {
  const own = Object.entries(keys).find(([key]) => key === name)?.[1];
  if (own !== undefined) return own;
  if (name.endsWith("PASSWORD")) return "cairn-password";
  return name.endsWith("ACCESS_KEY") || name.endsWith("ACCESS_KEY_ID") ? "cairn" : "cairn-secret";
}

/** A change in the JSON of a plan. */
type Change = {
  readonly change: { readonly actions: readonly string[]; readonly importing?: { readonly id: string } };
};

/** What the manifests of the examples say of what the cloud does not show, as YAML. */
function valueFor({ name, field, why }: Supply): string {
  const known: Readonly<Record<string, string>> = {
    clusterType: "Standard",
    mountTargetDomain: "0a1b2c.cn-zhangjiakou.nas.example",
    nfsVersion: '"3"',
    capacity: "20Gi",
    userRoles: '[{ roleName: Owner, userId: "2201547836901", userType: TAOBAO }]',
  };
  // What the cloud shows has to be what it shows.
  const [key = ""] = (field ?? "").split(".").slice(-1);
  return known[key] ?? (why === "secret" ? `Aa1-${key}` : `Aa1-${name}`);
}

/**
 * Applies an example, exports it into an empty folder, supplies what is asked for, and fails unless a plan there has adoptions
 * alone, apply adopts them without a call that changes something, and the next plan is empty.
 */
export async function roundTrip({ name, stack, wire }: Case): Promise<void> {
  const at = example(name, { wire, speed: 1000 });
  const chosen = stack === "" ? "" : `--stack ${stack}`;
  const applied = await at.cairn(`apply --yes ${chosen}`.trim());
  expect(applied.stderr).not.toContain("error[");
  expect(applied.code).toBe(0);
  const told = await exported(at, chosen);
  expect(told.left_out).toEqual({ fields: [], objects: [] });
  const total = Object.values(told.objects).reduce((sum, count) => sum + count, 0);
  expect(total).toBeGreaterThan(0);
  const env = supply(at, told, valueFor);
  const planned = await at.cairn("-C new plan --format json", { env });
  expect(planned.stderr).not.toContain("error[");
  const { resource_changes: changes } = JSON.parse(planned.stdout) as { resource_changes: readonly Change[] };
  expect(changes.filter(({ change }) => change.importing === undefined || change.actions[0] !== "no-op")).toEqual([]);
  expect(changes).toHaveLength(total);
  at.emulator.clearCalls();
  const adopted = await at.cairn("-C new apply --yes", { env });
  expect(adopted.stderr).not.toContain("error[");
  expect(adopted.code).toBe(0);
  const reading = /^(List|Describe|Query|Show|IamCreateToken)/;
  expect(at.emulator.calls().filter(({ action }) => !reading.test(action))).toEqual([]);
  const again = await at.cairn("-C new plan --detailed-exitcode", { env });
  expect(again.stdout).toContain(`No changes. ${total} resources are as declared`);
  expect(again.code).toBe(0);
}

/** An example, one of its stacks or "", and a style of answers. */
export type Case = { readonly name: string; readonly stack: string; readonly wire: "sdk" | "manual" };
