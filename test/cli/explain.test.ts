import { dump } from "js-yaml";
import { describe, expect, it, test } from "vitest";
import { kindsOf, providers } from "../../providers/index.ts";
import { explainKind, type FieldExplanation, fieldNamed } from "../../src/core/explain.ts";
import { fieldsOf } from "../../src/core/fields.ts";
import { rulesBroken } from "../../src/core/sample.ts";
import type { Fields } from "../../src/core/values.ts";
import { runCairn } from "./run-cairn.ts";
import { shop } from "./shop.ts";

const kinds = [...kindsOf(providers).values()];

async function explain(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCairn(["explain", ...words]);
  expect([code, stderr]).toEqual([0, ""]);
  return stdout;
}

describe("cairn explain", () => {
  it("lists every kind", async () => {
    const text = await explain();
    for (const { kind, apiVersion, description } of kinds) {
      expect(text).toMatch(new RegExp(`^${kind} +${apiVersion} +`, "m"));
      expect(text).toContain(description);
    }
  });

  test.each(kinds.map((kind) => [kind.kind, kind] as const))(
    "of %s names every field and gives an example",
    async (name, kind) => {
      const text = await explain(name);
      for (const field of fieldsOf(kind)) expect(text).toMatch(new RegExp(`^  ${field.name}( \\*)?  `, "m"));
      const { example } = explainKind(kind);
      expect(rulesBroken(kind, example["spec"] as Fields)).toEqual([]);
    },
  );

  it("gives examples that validate takes, all kinds in one project", async () => {
    const at = shop();
    const texts = kinds.map((kind) => dump(explainKind(kind).example).replace(/\{ \$file.*|\$file: .*/g, ""));
    at.write("manifests/web.yaml", texts.join("---\n"));
    at.edit(
      "cairn.yaml",
      "  retailcloud:",
      "  huaweicloud: { region: cn-north-4, projectId: p, token: t }\n  retailcloud:",
    );
    const { stderr, code } = await at.cairn("validate --log-level error", {
      env: { ACCOUNT_PASSWORD: "Aa1-word-of-pass", PASSWORD: "Aa1-word-of-pass" },
    });
    expect([code, stderr]).toEqual([0, ""]);
  });

  test.each(kinds.map((kind) => [kind.kind, kind] as const))(
    "gives an example of each field of %s that its schema takes",
    (_, kind) => {
      const { fields } = explainKind(kind);
      const wrong = fieldsOf(kind).flatMap(({ name, schema, traits }) => {
        const { example } = fieldNamed({ fields }, name) as FieldExplanation;
        return traits.secret === true || traits.yaml === true || schema.safeParse(example).success ? [] : [name];
      });
      expect(wrong).toEqual([]);
    },
  );

  it("tells of one field its type, whether it is required, what changes it and what shows it", async () => {
    expect(await explain("Service.portMappings.port")).toBe(`Service.portMappings.port

  type      whole number, 1 to 65535
  required  yes
  set by    CreateService, ModifyService
  shown by  ListServices

Example:
  port: 8080
`);
    const password = await explain("cluster.password");
    expect(password).toContain("secret: only by ${env.NAME} or $file, never shown");
    expect(password).not.toContain("shown by");
    expect(await explain("Service.headless")).toMatch(/default +false/);
  });

  it("prints the same as JSON", async () => {
    expect(JSON.parse(await explain("--format", "json"))).toMatchObject({ kinds: expect.any(Array) });
    const service = JSON.parse(await explain("Service", "--format", "json"));
    expect(service).toMatchObject({ kind: "Service", apiVersion: "retailcloud/v1", scope: ["environment.app"] });
    expect(JSON.parse(await explain("Service.name", "--format", "json"))).toMatchObject({
      kind: "Service",
      path: "name",
    });
  });

  test.each([
    ["Enviroment", 'there is no kind "Enviroment"', 'did you mean "Environment"?'],
    ["nonsense", 'there is no kind "nonsense"', "known are App, AppResourceAlloc"],
    ["Service.portMaping", 'Service has no field "portMaping"', 'did you mean "portMappings"?'],
    ["Service.name.first", 'Service has no field "name.first"', "known are environment, name"],
  ])("of %s suggests what was meant", async (asked, message, help) => {
    const { code, stderr } = await runCairn(["explain", asked]);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).toContain(help);
  });
});
