import fc from "fast-check";
import { expect, test } from "vitest";
import { addonInstance } from "../../../providers/huaweicloud/addon-instance.ts";
import { apigInstance } from "../../../providers/huaweicloud/apig-instance.ts";
import { CairnError } from "../../../src/core/errors.ts";
import { isFields, type Value } from "../../../src/core/values.ts";
import { fakeCloud, huawei } from "./huawei-world.ts";

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Value>;
const word = fc.constantFrom(
  "id",
  "uid",
  "metadata",
  "spec",
  "status",
  "values",
  "instance_name",
  "publicips",
  "features",
);
const rows = fc.array(fc.dictionary(word, json, { maxKeys: 6 }), { maxLength: 3 }) as fc.Arbitrary<Value>;
const part = fc.oneof(json, rows);
const answer = fc.oneof(
  json,
  fc.record(
    {
      items: part,
      instances: part,
      features: part,
      total: fc.oneof(fc.nat(3), json),
      id: json,
      metadata: json,
      spec: json,
      status: json,
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Value>,
);

const kinds = [addonInstance, apigInstance].map((kind) => [kind.kind, kind] as const);

function scopeOf(paths: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(paths.map((path) => [path, "1"]));
}

/** What came of a promise: a value, or an error of cairn's; any other error fails the test. */
async function outcome<T>(promise: Promise<T>): Promise<T | CairnError> {
  return promise.catch((error: unknown) => {
    if (error instanceof CairnError && error.code !== "E_INTERNAL") return error;
    throw error;
  });
}

test.each(kinds)(
  "%s: any answer to a list or a read ends in a proper result or an error of cairn's",
  async (_name, kind) => {
    const scope = scopeOf(kind.scope);
    await fc.assert(
      fc.asyncProperty(answer, async (body) => {
        const api = await huawei(fakeCloud({ text: JSON.stringify(body) }).fetch);
        const listed = await outcome(kind.list(api, scope));
        if (!(listed instanceof CairnError)) for (const { id } of listed) expect(id).toMatch(/./);
        const found = await outcome(kind.read?.(api, { id: "1", spec: {}, scope }) ?? Promise.resolve(undefined));
        if (found !== undefined && !(found instanceof CairnError)) expect(isFields(found.spec)).toBe(true);
      }),
      { numRuns: 100 },
    );
  },
);

const noList = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.dictionary(fc.string(), json),
  fc.array(fc.oneof(fc.string(), fc.integer(), fc.array(json)), { minLength: 1 }),
) as fc.Arbitrary<Value>;

test.each(kinds)("%s: what is no list is never taken for an empty one", async (_name, kind) => {
  await fc.assert(
    fc.asyncProperty(noList, async (broken) => {
      const body = { items: broken, instances: broken, total: 0 };
      const api = await huawei(fakeCloud({ text: JSON.stringify(body) }).fetch);
      expect(await outcome(kind.list(api, scopeOf(kind.scope)))).toBeInstanceOf(CairnError);
    }),
    { numRuns: 40 },
  );
});
