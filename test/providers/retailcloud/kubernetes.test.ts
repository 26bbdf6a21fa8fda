import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  configMap,
  fromWire,
  kubernetesObject,
  secretObject,
  toWire,
} from "../../../providers/retailcloud/kubernetes.ts";
import { conceal } from "../../../src/core/conceal.ts";
import { traitsOf } from "../../../src/core/traits.ts";

const deployment = { apiVersion: "apps/v1", kind: "Deployment" };

function issuesOf(schema: z.ZodType, input: unknown): string[] {
  return (
    schema
      .safeParse(input)
      .error?.issues.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": ")) ?? []
  );
}

describe("kubernetesObject()", () => {
  it("takes an object inline or as the text of a file, to the same canonical form", () => {
    const text = "apiVersion: apps/v1\nkind: Deployment\nspec: { replicas: 0o2, paused: no }\n";
    const inline = { ...deployment, spec: { replicas: 2, paused: false } };
    expect(kubernetesObject("Deployment").parse(text)).toEqual(inline);
    expect(kubernetesObject("Deployment").parse(inline)).toEqual(inline);
  });

  it("makes quantities canonical where quantities stand, and leaves everything else", () => {
    const resources = {
      limits: { cpu: 1, memory: "1024Mi", "x/y": null },
      requests: { cpu: "1000m" },
      other: "1024Mi",
    };
    const spec = { containers: [{ name: "1024Mi", resources }], volumes: [{ emptyDir: { sizeLimit: "2048Mi" } }] };
    expect(kubernetesObject("Deployment").parse({ ...deployment, spec })["spec"]).toEqual({
      containers: [
        {
          name: "1024Mi",
          resources: { limits: { cpu: "1", memory: "1Gi" }, requests: { cpu: "1" }, other: "1024Mi" },
        },
      ],
      volumes: [{ emptyDir: { sizeLimit: "2Gi" } }],
    });
  });

  it("leaves out nulls, and leaves odd things where quantities stand", () => {
    const input = { ...deployment, metadata: { name: null }, limits: { cpu: true }, sizeLimit: [1] };
    expect(kubernetesObject("Deployment").parse(input)).toEqual({
      ...deployment,
      metadata: {},
      limits: { cpu: true },
      sizeLimit: [1],
    });
  });

  it("refuses another kind, a missing apiVersion and broken YAML, with the reason", () => {
    const schema = kubernetesObject("Deployment");
    expect(issuesOf(schema, { kind: "StatefulSet" })).toEqual([
      'kind: must be Deployment; got "StatefulSet"',
      "apiVersion: is required; add it",
    ]);
    expect(issuesOf(schema, { apiVersion: "v1" })).toEqual(["kind: is required; add it"]);
    expect(issuesOf(schema, "a: [")[0]).toMatch(/\(\d+:\d+\); correct the YAML$/);
    expect(issuesOf(schema, 5)).toEqual(["must be a Deployment object, written out or by { $file: path }"]);
  });

  it("is compared by its declared leaves and shown as YAML", () => {
    expect(traitsOf(kubernetesObject("CronJob").optional())).toMatchObject({ subset: true, yaml: true });
  });

  it("has a JSON Schema", () => {
    expect(z.toJSONSchema(kubernetesObject("Deployment"), { io: "input" })).toMatchObject({
      anyOf: [{ type: "string" }, { type: "object" }],
    });
  });
});

describe("configMap() and secretObject()", () => {
  it("need a name and texts as data", () => {
    expect(issuesOf(configMap(), { apiVersion: "v1", kind: "ConfigMap", data: { port: 8080, ok: "x" } })).toEqual([
      "metadata.name: is required; add it",
      "data.port: must be text; put quotes around it",
    ]);
    const nameless = { apiVersion: "v1", kind: "Secret", metadata: {} };
    expect(issuesOf(secretObject(), nameless)).toEqual(["metadata.name: is required; add it"]);
    expect(issuesOf(secretObject(), "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {p: 1}")).toEqual([
      "stringData.p must be text; put quotes around it",
    ]);
  });

  it("hide the values of a Secret, and nothing else of it", () => {
    const object = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "db" },
      data: { a: "eA==" },
      stringData: { b: "x" },
    };
    expect(secretObject().parse(object)).toEqual(object);
    expect(conceal(secretObject(), object, "*")).toEqual({ ...object, data: { a: "*" }, stringData: { b: "*" } });
  });
});

describe("toWire() and fromWire()", () => {
  const object = { apiVersion: "v1", kind: "ConfigMap", data: { flag: "yes", mode: "0644", 名: "值" } };

  it("write base64 of YAML and read either", () => {
    const wire = toWire(object);
    expect(wire).toMatch(/^[A-Za-z0-9+/]+=*$/);
    expect(fromWire(wire)).toEqual(object);
    expect(fromWire(Buffer.from(wire, "base64").toString("utf8"))).toEqual(object);
    expect(fromWire(`${wire.slice(0, 8)}\n${wire.slice(8)}`)).toEqual(object);
  });

  it("leave what is no object as text", () => {
    for (const text of ["a: [", "just text", "- list"]) expect(fromWire(text)).toBe(text);
  });
});
