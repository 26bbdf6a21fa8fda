import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { operations } from "../../../src/emulator/huaweicloud/operations.ts";
import { at, cloud, complaint } from "./cloud.ts";
import { operationRows } from "./operation-rows.ts";
import { SEED } from "./seed.ts";

const served = [...operations.keys()].sort();

test("the table has one row for every operation that is served", () => {
  expect(operationRows.map(({ name }) => name).sort()).toEqual(served);
});

test("docs/emulator.md says of every served operation, and of no other, what is reproduced", () => {
  const text = readFileSync(new URL("../../../docs/emulator.md", import.meta.url), "utf8");
  const [, table = ""] = /### Operations\n([^#]*?)\n#/.exec(text) ?? [];
  const rows = [...table.matchAll(/^\| ([A-Z]\w+) \|/gm)].map(([, name]) => name);
  expect(rows.sort()).toEqual(served);
});

describe.each(["sdk", "manual"] as const)("with wire style %s", (wire) => {
  test.each(operationRows)("$name is performed", async ({ name, line, body, status, answers = {} }) => {
    const it = cloud({ wire, seed: SEED });
    const told = await it.call(line, body);
    expect(told.status, told.text).toBe([status].flat()[wire === "sdk" ? 0 : 1] ?? status);
    if (wire === "sdk")
      for (const [path, value] of Object.entries(answers)) expect(at(told.body, path), path).toEqual(value);
    expect(it.emulator.calls()).toMatchObject([{ action: name, status: told.status, faulted: false }]);
    expect(told.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("without what is required", () => {
  const rows = operationRows.flatMap((row) => (row.required ? [{ ...row, required: row.required }] : []));
  test.each(rows)("$name refuses, and changes nothing", async ({ line, body, required: [path, problem] }) => {
    const it = cloud({ seed: SEED });
    const before = it.emulator.state();
    const told = path.startsWith("?")
      ? await it.call(line.replace(/\?.*/, ""))
      : await it.call(line, without(body, path));
    expect(complaint(told)).toMatch(problem);
    expect(it.emulator.state()).toEqual(before);
  });
});

describe("what is no operation", () => {
  test.each([
    ["PATCH /api/v3/addons", "cce"],
    ["GET /v2/{project}/apigw/instances/open/unheard", "apig"],
    ["GET /v3/auth/tokens", "iam"],
    ["GET /v1.0/enterprise-projects/0", "eps"],
  ])("%s is answered by the gateway, and logged", async (line, service) => {
    const it = cloud({ seed: SEED });
    const told = await it.call(line);
    expect(complaint(told)).toMatch(/^404 APIGW\.0101: The API does not exist: /);
    expect(it.emulator.calls()).toMatchObject([{ service, status: 404 }]);
  });

  test("a path of none of the services is nobody's", async () => {
    const it = cloud();
    expect((await it.call("GET /v3/users")).status).toBe(404);
    expect(it.emulator.calls()).toEqual([]);
  });

  test("a body that is no JSON object is refused, in the words of each service", async () => {
    const it = cloud({ seed: SEED });
    expect(complaint(await it.call("POST /api/v3/addons", "{broken"))).toMatch(/4000002: body must be an object$/);
    expect(complaint(await it.call("PUT /v2/{project}/apigw/instances/open", [1]))).toMatch(
      /^400 APIC\.7211: .*\[body\]$/,
    );
    expect(complaint(await it.call("POST /v3/auth/tokens", "7"))).toMatch(/^400 400: body must be an object/);
  });

  test("all mistakes of a request are told at once where the service has room for them", async () => {
    const body = { metadata: 7, spec: { values: { basic: [] }, clusterID: 5, addonTemplateName: null } };
    expect(complaint(await cloud().call("POST /api/v3/addons", body))).toMatch(
      "metadata must be of type Object; spec.clusterID must be of type String; spec.addonTemplateName is missing; " +
        "spec.values.basic must be of type Object",
    );
    const filter = { resource_types: "apig", limit: "x" };
    expect(complaint(await cloud().call("POST /v1.0/enterprise-projects/0/resources/filter", filter))).toBe(
      "400 EPS.0004: resource_types must be of type List; limit must be of type Integer",
    );
  });
});

/** A copy of a body without the member at a path. */
function without(value: unknown, path: string): object {
  const [key = "", ...rest] = path.split(".");
  const { [key]: member, ...others } = Object(value) as Readonly<Record<string, unknown>>;
  return rest.length === 0 ? others : { ...others, [key]: without(member, rest.join(".")) };
}
