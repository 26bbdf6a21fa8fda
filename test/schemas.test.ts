import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { loadAll } from "js-yaml";
import { describe, expect, it } from "vitest";
import { schemaFiles } from "../scripts/schema-files.ts";

const files = schemaFiles();
const ajv = new Ajv2020({ strict: false, allErrors: true });
for (const [name, text] of files) ajv.addSchema(JSON.parse(text), name);

function yamlIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /(^cairn|manifests\/.*)\.yaml$/.test(file))
    .map((file) => join(folder, file));
}

const examples = readdirSync("examples").flatMap((name) => yamlIn(join("examples", name)));

/** The faults that a schema finds, as texts; empty for a good document. */
function faults(schema: string, document: unknown): readonly string[] {
  const validate = ajv.getSchema(schema);
  if (validate === undefined) throw new Error(`there is no schema ${schema}`);
  return validate(document)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const app = {
  apiVersion: "retailcloud/v1",
  kind: "App",
  metadata: { name: "shop" },
  spec: {
    bizCode: "JST",
    language: "Java",
    operatingSystem: "Linux",
    serviceType: "GeneralApplication",
    userRoles: [{ roleName: "Owner", userId: "1", userType: "TAOBAO" }],
  },
};

describe("schemas/", () => {
  it("is not stale: npm run schemas writes what is there", () => {
    const stored = new Map(readdirSync("schemas").map((name) => [name, readFileSync(join("schemas", name), "utf8")]));
    expect(new Map([...stored].sort())).toEqual(new Map([...files].sort()));
  });

  it.each(examples)("accepts %s by the schema that it names", (path) => {
    const text = readFileSync(path, "utf8");
    const named = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1] ?? "";
    const schema = normalize(join(dirname(path), named));
    expect(schema).toMatch(/^schemas\//);
    for (const document of loadAll(text)) expect(faults(schema.replace("schemas/", ""), document)).toEqual([]);
  });

  it("tells the kinds apart in the schema of all", () => {
    expect(faults("cairn.schema.json", app)).toEqual([]);
    expect(faults("cairn.schema.json", { ...app, kind: "Apple" })).not.toEqual([]);
    expect(faults("cairn.schema.json", { ...app, kind: "Environment" })).not.toEqual([]);
  });

  it.each([
    ["an unknown field", { ...app, spec: { ...app.spec, bizcode: "JST" } }],
    ["a wrong word", { ...app, spec: { ...app.spec, bizCode: "SHOP" } }],
    ["a missing field", { ...app, spec: { bizCode: "JST" } }],
    ["a bad name", { ...app, metadata: { name: "-shop" } }],
    ["another version", { ...app, apiVersion: "retailcloud/v2" }],
    ["no spec", { apiVersion: app.apiVersion, kind: app.kind, metadata: app.metadata }],
  ])("refuses %s", (_, document) => {
    expect(faults("App.schema.json", document)).not.toEqual([]);
  });

  it("accepts interpolations and files where values are wanted", () => {
    const spec = {
      ...app.spec,
      bizCode: "${var.code}",
      description: { $file: "about.txt" },
      userRoles: "${var.roles}",
    };
    expect(faults("App.schema.json", { ...app, spec })).toEqual([]);
  });

  it("describes cairn.yaml", () => {
    const config = { project: "shop", providers: { retailcloud: { region: "cn-zhangjiakou" } } };
    expect(faults("config.schema.json", config)).toEqual([]);
    expect(faults("config.schema.json", { ...config, stacks: { dev: { pace: 2 }, prod: null } })).toEqual([]);
    const alias = { provider: "retailcloud", region: "${var.region}" };
    expect(faults("config.schema.json", { ...config, providers: { aliases: { brand: alias } } })).toEqual([]);
    expect(faults("config.schema.json", { ...config, provider: {} })).not.toEqual([]);
    expect(faults("config.schema.json", { ...config, providers: { retailcloud: { regoin: "x" } } })).not.toEqual([]);
  });
});
