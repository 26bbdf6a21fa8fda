import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Fetch } from "../../../src/core/provider.ts";
import { createEmulator } from "../../../src/emulator/index.ts";
import { runCairn } from "../../cli/run-cairn.ts";

/** A copy of an example before a cloud of its own, in which hours pass in seconds. */
function example(name: string) {
  const folder = mkdtempSync(join(tmpdir(), "cairn-example-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join("examples", name), folder, { recursive: true });
  const file = join(folder, "cairn.yaml");
  writeFileSync(file, `${readFileSync(file, "utf8")}\npace: 1000\n`);
  const emulator = createEmulator({ speed: 1000 });
  const ways = new Set<string>();
  const fetch: Fetch = (url, request) => {
    const { authorization, "x-auth-token": token } = request.headers;
    ways.add(token === undefined ? (authorization?.split(" ")[0] ?? "none") : "token");
    return emulator.fetch(url, request);
  };
  return { emulator, ways, cairn: (line: string) => runCairn(line.split(" "), { cwd: folder, fetch }) };
}

type Row = { readonly clusterID?: string; readonly addonTemplateName?: string };

describe("examples/edge", () => {
  it.each([
    ["staging", ["SDK-HMAC-SHA256"]],
    ["production", ["none", "token"]],
  ])("%s has a gateway and four add-ons on each of two clusters, by its own way in", async (stack, expected) => {
    const { emulator, ways, cairn } = example("edge");
    expect((await cairn(`apply --yes --stack ${stack}`)).code).toBe(0);
    expect([...ways].sort()).toEqual(expected);
    const { AddonInstance: addons, ApigInstance: gateways } = emulator.state()["huaweicloud"] as Record<string, Row[]>;
    expect(gateways).toHaveLength(1);
    const clusters = templatesByCluster(addons ?? []);
    expect(clusters).toHaveLength(2);
    for (const names of clusters) expect(names).toEqual(["autoscaler", "coredns", "gpu-beta", "metrics-server"]);
  });
});

function templatesByCluster(addons: readonly Row[]): readonly (readonly string[])[] {
  const clusters = new Set(addons.map(({ clusterID }) => clusterID));
  return [...clusters].map((cluster) =>
    addons
      .filter(({ clusterID }) => clusterID === cluster)
      .map(({ addonTemplateName = "" }) => addonTemplateName)
      .sort(),
  );
}

describe("examples/hybrid", () => {
  it("is one plan, one graph and one apply over two clouds", async () => {
    const { ways, cairn } = example("hybrid");
    const { stdout } = await cairn("plan --format json");
    const plan = JSON.parse(stdout) as {
      readonly resource_changes: readonly { readonly provider_name: string }[];
      readonly cairn: { readonly operations: readonly { readonly key: string; readonly after: readonly string[] }[] };
    };
    expect(new Set(plan.resource_changes.map((change) => change.provider_name))).toEqual(
      new Set(["huaweicloud", "retailcloud"]),
    );
    const door = plan.cairn.operations.find(({ key }) => key === "create ApigInstance/front-door");
    expect(door?.after).toEqual(["create AddonInstance/edge/coredns", "create SlbAP/orders/http"]);
    expect((await cairn("apply --yes")).code).toBe(0);
    expect([...ways].sort()).toEqual(["ACS3-HMAC-SHA256", "SDK-HMAC-SHA256"]);
    expect((await cairn("plan --detailed-exitcode")).code).toBe(0);
    expect((await cairn("destroy --yes")).code).toBe(0);
  });
});
