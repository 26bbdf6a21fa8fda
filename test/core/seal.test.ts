import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ledgerSpec, matchesSeal, seal } from "../../src/core/seal.ts";
import { isSealed, sealedValue } from "../../src/core/sealed-value.ts";
import type { Fields } from "../../src/core/values.ts";
import { kindNamed } from "./fixtures/plans.ts";

describe("seal()", () => {
  test("matches what it was made from, with the same salt, and nothing else", () => {
    const sealed = seal("hunter2", "salt");
    expect(isSealed(sealed)).toBe(true);
    expect(matchesSeal("hunter2", sealed, "salt")).toBe(true);
    expect(matchesSeal("hunter3", sealed, "salt")).toBe(false);
    expect(matchesSeal("hunter2", sealed, "other")).toBe(false);
    expect(matchesSeal(undefined, sealed, "salt")).toBe(false);
    expect(seal("hunter2", "other")).not.toEqual(sealed);
  });

  test("is the same each time, whatever the order of keys", () => {
    expect(seal({ a: 1, b: 2 }, "salt")).toEqual(seal({ b: 2, a: 1 }, "salt"));
  });

  test("keeps apart a salt and a secret that run into each other", () => {
    expect(seal("b", "a")).not.toEqual(seal("ab", ""));
  });
});

describe("ledgerSpec()", () => {
  const gadget = kindNamed("Gadget");

  test("seals write-only secrets, leaves out other secrets, keeps the rest", () => {
    const spec: Fields = {
      name: "a",
      phrase: "plain secret",
      pin: "1234",
      memo: "kept",
      account: { user: "u", word: "hidden" },
      users: [{ name: "x", word: "hidden" }],
      none: "no field",
    };
    expect(ledgerSpec(gadget, spec, "salt")).toEqual({
      name: "a",
      pin: seal("1234", "salt"),
      memo: "kept",
      account: { user: "u" },
      users: [{ name: "x" }],
    });
  });

  test("keeps of what looks secret in Kubernetes objects that it is there, and no more; elsewhere nothing looks so", () => {
    const text = "user: a\npassword: b";
    const spec = { name: text, sheet: { kind: "ConfigMap", data: { "app.yml": text, DB_PASSWORD: "x" } } };
    expect(ledgerSpec(gadget, spec, "salt")).toEqual({
      name: text,
      sheet: { kind: "ConfigMap", data: { "app.yml": "user: a\npassword: (secret)", DB_PASSWORD: sealedValue("") } },
    });
  });

  test("keeps of what looks secret among the user's own keys that it is there", () => {
    const knobs = { level: 3, password: "x", db: { token: 7, port: 1 }, env: [{ name: "API_KEY", value: "y" }] };
    const kept = ledgerSpec(gadget, { knobs }, "salt");
    const env = [{ name: "API_KEY", value: sealedValue("") }];
    expect(kept).toEqual({
      knobs: { level: 3, password: sealedValue(""), db: { token: sealedValue(""), port: 1 }, env },
    });
    expect(ledgerSpec(gadget, kept, "salt")).toEqual(kept);
  });

  test("never holds a secret in clear", () => {
    const secrets = fc.uuid();
    fc.assert(
      fc.property(secrets, (text) => {
        const env = [{ name: "API_TOKEN", value: text }];
        const spec: Fields = {
          name: "a",
          phrase: text,
          pin: text,
          account: { user: "u", word: text },
          users: [{ name: "x", word: text }],
          knobs: { env, a: { "db.pwd": text }, url: `https://a.test/?token=${text}`, file: `token: ${text}` },
          sheet: { spec: { env }, data: { password: text, url: `https://a.test/?token=${text}` } },
          sheets: [{ kind: "ConfigMap", metadata: { name: "c" }, data: { key: text, "a.env": `SECRET=${text}` } }],
        };
        expect(JSON.stringify(ledgerSpec(gadget, spec, "salt"))).not.toContain(text);
      }),
      { numRuns: 10 },
    );
  });
});
