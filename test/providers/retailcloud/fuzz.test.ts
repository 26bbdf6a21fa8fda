import fc from "fast-check";
import { expect, test } from "vitest";
import { retailcloudKinds } from "../../../providers/retailcloud/provider.ts";
import { CairnError } from "../../../src/core/errors.ts";
import { type Fields, isFields, type Value } from "../../../src/core/values.ts";
import { fakeCloud, retail } from "./retail-world.ts";

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Value>;
const word = fc.constantFrom(
  "Id",
  "EnvId",
  "AppId",
  "Name",
  "InstanceId",
  "Title",
  "Accounts",
  "Instances",
  "Result",
  "DBName",
);
/** Rows that look like the documented ones, with anything as their fields. */
const rows = fc.array(fc.dictionary(word, json, { maxKeys: 6 }), { maxLength: 3 }) as fc.Arbitrary<Value>;
const part = fc.oneof(json, rows, fc.dictionary(word, json) as fc.Arbitrary<Value>);
const envelope = fc.record(
  {
    Code: fc.constantFrom(0, "0", 200, 3, null),
    Data: part,
    Result: part,
    TotalCount: fc.oneof(fc.nat(3), json),
    Success: json,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Value>;
const answer = fc.oneof(json, envelope, fc.record({ ListThingsResponse: envelope }) as fc.Arbitrary<Value>);

const kinds = retailcloudKinds.map((kind) => [kind.kind, kind] as const);

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
        const { fetch } = fakeCloud({ text: JSON.stringify(body) });
        const api = await retail(fetch);
        const listed = await outcome(kind.list(api, scope));
        if (!(listed instanceof CairnError)) for (const { id } of listed) expect(id).toMatch(/./);
        if (kind.read === undefined) return;
        const found = await outcome(kind.read(api, { id: "1", spec: {}, scope }));
        if (found !== undefined && !(found instanceof CairnError)) expect(isFields(found.spec)).toBe(true);
      }),
      { numRuns: 60 },
    );
  },
);

/** Lists that are none: a text, a record, a list of what is no record. */
const noList = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.integer(),
  fc.boolean(),
  fc.dictionary(fc.string(), json),
  fc.array(fc.oneof(fc.string(), fc.integer(), fc.array(json)), { minLength: 1 }),
) as fc.Arbitrary<Value>;

test.each(kinds)("%s: what is no list is never taken for an empty one", async (_name, kind) => {
  await fc.assert(
    fc.asyncProperty(noList, async (broken) => {
      const body: Fields = { Code: 0, TotalCount: 0, Data: broken, Result: { Accounts: broken, Databases: broken } };
      const api = await retail(fakeCloud({ text: JSON.stringify(body) }).fetch);
      expect(await outcome(kind.list(api, scopeOf(kind.scope)))).toBeInstanceOf(CairnError);
    }),
    { numRuns: 30 },
  );
});
