import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exported, type Supply, supply } from "./exported.ts";
import { example } from "./shop.ts";

const styles = ["sdk", "manual"] as const;
const stacks: Readonly<Record<string, readonly string[]>> = {
  storefront: ["dev", "prod"],
  edge: ["staging", "production"],
};
const cases = readdirSync("examples").flatMap((name) =>
  (stacks[name] ?? [""]).flatMap((stack) => styles.map((wire) => ({ name, stack, wire }))),
);

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

describe("cairn export of an example", () => {
  it.each(cases)("$name $stack is planned as adoptions alone, and is clean then, over the $wire wire", async (one) => {
    const { name, stack, wire } = one;
    const at = example(name, { wire, speed: 1000 });
    const chosen = stack === "" ? "" : ` --stack ${stack}`;
    const applied = await at.cairn(`apply --yes${chosen}`);
    expect(applied.stderr).not.toContain("error[");
    expect(applied.code).toBe(0);
    const told = await exported(at, chosen.trim());
    expect(told.left_out).toEqual({ fields: [], objects: [] });
    const env = supply(at, told, valueFor);
    const planned = await at.cairn(`-C new plan --format json`, { env });
    expect(planned.stderr).not.toContain("error[");
    const { resource_changes: changes } = JSON.parse(planned.stdout) as {
      resource_changes: { address: string; change: { actions: string[]; importing?: { id: string } } }[];
    };
    const strange = changes.filter(({ change }) => change.importing === undefined || change.actions[0] !== "no-op");
    expect(strange).toEqual([]);
    const total = Object.values(told.objects).reduce((sum, count) => sum + count, 0);
    expect(changes).toHaveLength(total);
    at.emulator.clearCalls();
    const adopted = await at.cairn(`-C new apply --yes`, { env });
    expect(adopted.stderr).not.toContain("error[");
    expect(adopted.code).toBe(0);
    const again = await at.cairn(`-C new plan --detailed-exitcode`, { env });
    expect(again.stdout).toContain(`No changes. ${total} resources are as declared`);
    expect(again.code).toBe(0);
  });
});
