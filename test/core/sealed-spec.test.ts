import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ledgerSpec, seal } from "../../src/core/seal.ts";
import { sealedSpec } from "../../src/core/sealed-spec.ts";
import { canonicalText, type Fields, type Value } from "../../src/core/values.ts";
import { kindNamed } from "./fixtures/plans.ts";

const gadget = kindNamed("Gadget");

/** The spec sealed with a text that tells where, and the secrets in the order in which they came. */
function sealing(spec: Fields, kind: typeof gadget | undefined = gadget): { spec: Fields; secrets: readonly Value[] } {
  const secrets: Value[] = [];
  const sealed = sealedSpec(kind, spec, (secret) => `seal ${secrets.push(secret)}`);
  return { spec: sealed, secrets };
}

/** A spec with this secret wherever one may stand. */
function full(text: string): Fields {
  const env = [{ name: "API_TOKEN", value: text }];
  return {
    name: "a",
    phrase: text,
    pin: text,
    account: { user: "u", word: text },
    users: [{ name: "x", word: text }],
    knobs: { env, a: { "db.pwd": text }, url: `https://a.test/?token=${text}`, file: `token: ${text}` },
    sheet: { spec: { env }, data: { password: text, url: `https://a.test/?token=${text}` } },
    sheets: [{ kind: "ConfigMap", metadata: { name: "c" }, data: { key: text, "a.env": `SECRET=${text}` } }],
  };
}

describe("sealedSpec()", () => {
  test("seals what is secret by its schema or its look, and nothing else", () => {
    const spec: Fields = {
      name: "a",
      memo: "kept",
      phrase: "p-1",
      account: { user: "u", word: "p-2" },
      knobs: {
        env: [
          { name: "API_KEY", value: "p-3" },
          { name: "MODE", value: "plain" },
        ],
        level: 3,
        password: 7,
      },
      sheet: { kind: "ConfigMap", data: { "app.yml": "user: a\npassword: b", plain: "text" } },
    };
    expect(sealing(spec)).toEqual({
      spec: {
        name: "a",
        memo: "kept",
        account: { user: "u", word: "seal 1" },
        knobs: {
          env: [
            { name: "API_KEY", value: "seal 2" },
            { name: "MODE", value: "plain" },
          ],
          level: 3,
          password: "seal 3",
        },
        phrase: "seal 4",
        sheet: { kind: "ConfigMap", data: { "app.yml": "seal 5", plain: "text" } },
      },
      secrets: ["p-2", "p-3", 7, "p-1", "user: a\npassword: b"],
    });
  });

  test("leaves a spec without secrets as it is", () => {
    const spec = { name: "a", memo: "kept", account: { user: "u" } };
    expect(sealing(spec)).toEqual({ spec, secrets: [] });
  });

  test("keeps what the ledger has sealed already, where only the ledger can have", () => {
    const kept = ledgerSpec(gadget, { name: "a", pin: "1234" }, "salt");
    expect(sealing(kept)).toEqual({ spec: kept, secrets: [] });
    const looksSealed = seal("1234", "salt");
    expect(sealing({ name: "a", phrase: looksSealed })).toEqual({
      spec: { name: "a", phrase: "seal 1" },
      secrets: [looksSealed],
    });
  });

  test("without a kind, or of a field that the kind does not have, goes by names and texts alone", () => {
    const spec = { note: "password: x", password: { any: "thing" }, plain: [1] };
    const sealed = { note: "seal 1", password: "seal 2", plain: [1] };
    expect(sealing(spec, undefined).spec).toEqual(sealed);
    expect(sealing(spec).spec).toEqual(sealed);
  });

  test("holds no secret, wherever it stood", () => {
    fc.assert(
      fc.property(fc.uuid(), (text) => {
        const { spec, secrets } = sealing(full(text));
        expect(canonicalText(spec)).not.toContain(text);
        expect(secrets).toHaveLength(13);
      }),
      { numRuns: 10 },
    );
  });

  test("is the same, with the secrets in the same order, whatever the order of keys", () => {
    const spec = full("s");
    const turned = JSON.parse(JSON.stringify(spec), (_, value) =>
      typeof value === "object" && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value as Fields).reverse())
        : value,
    ) as Fields;
    expect(JSON.stringify(turned)).not.toBe(JSON.stringify(spec));
    expect(JSON.stringify(sealing(turned))).toBe(JSON.stringify(sealing(spec)));
  });
});
