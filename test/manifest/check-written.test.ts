import { describe, expect, test } from "vitest";
import { lines, load, loadText, shopWith } from "./shop.ts";

const env = { SECRET: "s3cr3t", COUNT: "7" };

describe("secrets", () => {
  test("a literal is an error wherever the schema says secret, and never shown", () => {
    const text = shopWith(
      "password: hunter2",
      "users: [{ name: a, token: hunter2 }, { name: b, token: '${env.SECRET}' }]",
      "keys: { one: hunter2, two: '${env.SECRET}' }",
    );
    const found = lines(loadText(text, { env }).diagnostics);
    expect(found).toEqual([
      "error[E_SECRET] manifests/a.yaml:6:13 Shop/mall/corner password: a secret must not stand in a manifest in clear; write ${env.NAME} or { $file: path }, and keep the value out of git",
      "error[E_SECRET] manifests/a.yaml:7:29 Shop/mall/corner users.0.token: a secret must not stand in a manifest in clear; write ${env.NAME} or { $file: path }, and keep the value out of git",
      "error[E_SECRET] manifests/a.yaml:8:16 Shop/mall/corner keys.one: a secret must not stand in a manifest in clear; write ${env.NAME} or { $file: path }, and keep the value out of git",
    ]);
    expect(found.join()).not.toContain("hunter2");
  });

  test("values from the environment, files and --var are fine, and sources say where from", () => {
    const text = shopWith(
      "password: ${env.SECRET}",
      "users: [{ name: '${var.name}', token: { $file: token.txt } }]",
      "keys: { one: 'a-${env.SECRET}-${env.COUNT}', two: '${var.given}', three: '' }",
    );
    const { desired, diagnostics } = load(
      { "manifests/a.yaml": text, "token.txt": "from-file\n" },
      { env, vars: { given: "x" } },
    );
    expect(diagnostics).toEqual([]);
    expect(desired[0]?.spec).toMatchObject({
      password: "s3cr3t",
      users: [{ name: "corner", token: "from-file\n" }],
      keys: { one: "a-s3cr3t-7", two: "x", three: "" },
    });
    expect(desired[0]?.sources).toEqual({
      password: "${env.SECRET}",
      "users.0.token": "$file token.txt",
      "keys.one": "${env.SECRET}, ${env.COUNT}",
    });
  });

  test("a variable that stands in cairn.yaml in clear is a warning; one that names the environment is not", () => {
    const files = {
      "cairn.yaml":
        "project: p\nvars: { pw: hunter2, outside: '${env.SECRET}' }\nproviders: { market: { region: n } }\n",
      "manifests/a.yaml": shopWith("password: ${var.pw}", "keys: { one: '${var.outside}' }"),
    };
    const { desired, diagnostics } = load(files, { env });
    expect(lines(diagnostics)).toEqual([
      'warning[E_SECRET] manifests/a.yaml:6:13 Shop/mall/corner password: this secret is the variable "pw", which stands in cairn.yaml in clear; write ${env.NAME} or { $file: path }, and keep the value out of git',
    ]);
    expect(desired[0]?.sources).toEqual({ "keys.one": "${env.SECRET}" });
  });

  test("no message shows a value that is secret, looks secret, or came from elsewhere", () => {
    const text = shopWith(
      "password: [hunter2]",
      "title: { $file: title.txt }",
      "tier: ${env.SECRET}",
      "users: { token: hunter2 }",
      "deployment: { secretKey: 12:30, mode: 0x_1 }",
      "labels: { api_token: 5 }",
    ).replace("  tier: online\n", "");
    const { diagnostics } = load({ "manifests/a.yaml": text, "title.txt": "hunter2".repeat(9) }, { env });
    const found = lines(diagnostics);
    expect(found.join("\n")).not.toMatch(/hunter2|s3cr3t|12:30/);
    expect(found).toContain(
      "error[E_FIELD] manifests/a.yaml:6:10 Shop/mall/corner title: must have at most 20 characters; it comes from $file title.txt, correct it there",
    );
    expect(found).toContain(
      "error[E_FIELD] manifests/a.yaml:7:9 Shop/mall/corner tier: must be one of test, online; it comes from ${env.SECRET}, correct it there",
    );
    expect(found).toContain(
      "error[E_FIELD] manifests/a.yaml:10:24 Shop/mall/corner labels.api_token: must be text; correct it",
    );
  });
});

describe("Kubernetes objects", () => {
  const message = (scalar: string) =>
    `${scalar} means one thing in YAML 1.1, which clusters read, and another in YAML 1.2; quote it, or write the number or boolean that you mean`;

  test.each(["0644", "yes", "On", "off", "12:30", "1_000", "0o14", "0b11", "1e3", "2026-11-21", "y"])(
    "a plain %s is refused, as value, as key and by alias",
    (scalar) => {
      const text = shopWith(`deployment: { a: [&x ${scalar}], b: *x, ${scalar}: z, c: "${scalar}" }`);
      expect(loadText(text).diagnostics.map((one) => one.message)).toEqual(Array(3).fill(message(scalar)));
    },
  );

  test.each(["1", "-1.5", "0.5", ".5", "1.", "0x1F", "~", "true", "Null", "web", "10.0.0.1", "1.5e+3", "0", "nginx:1"])(
    "a plain %s is fine",
    (scalar) => {
      expect(loadText(shopWith(`deployment: { a: ${scalar} }`)).diagnostics).toEqual([]);
    },
  );

  test("quoted scalars, blocks, tagged scalars and fields outside are fine", () => {
    const text = shopWith("deployment:", "  a: '0644'", "  b: |", "    0644", "  c: !!str 0644", "labels: { a: off }");
    expect(loadText(text).diagnostics).toEqual([]);
  });
});
