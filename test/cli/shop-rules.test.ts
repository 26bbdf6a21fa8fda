import { describe, expect, it } from "vitest";
import { applied, type Shop, shop } from "./shop.ts";

const wires = ["sdk", "manual"] as const;

/** The deletions since the last look, each with what it says of force. */
function deletions({ emulator }: Shop): readonly string[] {
  const gone = emulator.calls().filter(({ action }) => action.startsWith("Delete"));
  emulator.clearCalls();
  return gone.map(({ action, params }) => `${action} ${params["Force"]}`);
}

const lives = "preventDestroy: false";
const forced = `${lives}, force: true`;

describe.each(wires)("the shop (%s)", (wire) => {
  it.each([
    { of: "none", app: lives, environment: lives, sent: ["false", "undefined"] },
    { of: "the app", app: forced, environment: lives, sent: ["false", "true"] },
    { of: "the environment", app: lives, environment: forced, sent: ["true", "undefined"] },
  ])("forces the deletion of $of, as its manifest asks, and the plan says what that takes", async (one) => {
    const { app, environment, sent } = one;
    const project = shop({ speed: 1000, wire });
    project.edit("manifests/web.yaml", "metadata: { name: web }", `metadata: { name: web, lifecycle: { ${app} } }`);
    project.edit("manifests/web.yaml", "{ name: web/prod }", `{ name: web/prod, lifecycle: { ${environment} } }`);
    await applied(project);
    project.write("manifests/web.yaml", "");
    const told = (await project.cairn("plan")).stdout.match(/force takes along/g) ?? [];
    expect(told).toHaveLength(sent.filter((force) => force === "true").length);
    deletions(project);
    await applied(project);
    const [ofEnvironment, ofApp] = sent;
    expect(deletions(project)).toEqual([
      `DeleteAppEnvironment ${ofEnvironment}`,
      "DeleteDeployConfig undefined",
      `DeleteAppDetail ${ofApp}`,
    ]);
  });

  it("leaves the number of instances to a scaler within a range, and calls it drift outside", async () => {
    const one = shop({ speed: 1000, wire });
    one.edit("manifests/web.yaml", "replicas: 2", "replicas: { min: 2, max: 4 }");
    await applied(one);
    const [row] = (one.emulator.state()["retailcloud"]?.["Environment"] ?? []) as { AppId: string; EnvId: string }[];
    const scaled = (to: number) =>
      one.cairn(
        `api UpdateEnvironment --yes --param AppId=${row?.AppId} --param AppEnvId=${row?.EnvId} --param Replicas=${to}`,
      );
    expect((await scaled(4)).code).toBe(0);
    expect((await one.cairn("plan --detailed-exitcode")).code).toBe(0);
    expect((await one.cairn("drift")).code).toBe(0);
    expect((await scaled(5)).code).toBe(0);
    expect((await one.cairn("drift")).code).toBe(2);
    await applied(one);
    const [after] = (one.emulator.state()["retailcloud"]?.["Environment"] ?? []) as { Replicas: number }[];
    expect(after?.Replicas).toBe(4);
    expect((await one.cairn("plan --detailed-exitcode")).code).toBe(0);
  });

  it("keeps the node port of a mapping that declares none any more", async () => {
    const one = shop({ speed: 1000, wire });
    const mapping = { name: "http", protocol: "TCP", port: 80, targetPort: 8080, nodePort: 30081 };
    const spec = { environment: "web/prod", serviceType: "NodePort", k8sServiceId: "web", portMappings: [mapping] };
    const declare = (portMappings: readonly object[]): void => {
      const whole = { ...spec, portMappings };
      one.write(
        "manifests/service.yaml",
        JSON.stringify({ apiVersion: "retailcloud/v1", kind: "Service", metadata: { name: "web/http" }, spec: whole }),
      );
    };
    declare([mapping]);
    await applied(one);
    const { nodePort: _, ...open } = mapping;
    declare([open]);
    await applied(one);
    const [row] = (one.emulator.state()["retailcloud"]?.["Service"] ?? []) as { PortMappings: readonly object[] }[];
    expect(row?.PortMappings).toMatchObject([{ Name: "http", NodePort: 30081 }]);
    expect((await one.cairn("plan --detailed-exitcode")).code).toBe(0);
  });
});
