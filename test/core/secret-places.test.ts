import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { maskLines, maskText, secretSpans } from "../../src/core/mask.ts";
import { type SecretPlace, withoutSecretPlaces } from "../../src/core/secret-places.ts";
import { secret } from "../../src/core/traits.ts";
import type { Value } from "../../src/core/values.ts";
import { interpolate } from "../../src/manifest/interpolate.ts";

const anything = { schema: z.unknown(), traits: { yaml: true } } as const;

/** What is written, and what has to be supplied for it. */
function written(value: Value, field: Parameters<typeof withoutSecretPlaces>[0] = anything) {
  const places: SecretPlace[] = [];
  const supply = (place: SecretPlace): string => `\${env.S${places.push(place)}}`;
  return { value: withoutSecretPlaces(field, value, "f", supply), places };
}

describe("secretSpans()", () => {
  it.each([
    ["https://x/?Signature=abc&y=1", ["abc"]],
    ["jdbc://user:pw@host", ["pw"]],
    ["a: 1\npassword: hunter2\nb: 2", ["hunter2"]],
    ['{"token": "abc", "n": 1}', ["abc"]],
    ["url_token: https://x/?token=abc", ["https://x/?token=abc"]],
    ["nothing here", []],
    ["password: |\n  one\n  two\nb: 1", ["|\n  one\n  two"]],
  ])("finds in %j what is masked there", (text, secrets) => {
    expect(secretSpans(text).map(({ start, end }) => text.slice(start, end))).toEqual(secrets);
  });

  it("property: nothing that maskLines() masks is left outside of the spans", () => {
    const word = fc.constantFrom(
      "password",
      "key",
      "a",
      "=",
      ": ",
      "\n",
      '"',
      "'",
      "x@",
      "://u:",
      "?token=",
      "|",
      " ",
      "$",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 24 }), (words) => {
        const text = words.join("");
        if (maskLines(text) !== text && !text.includes(maskText)) expect(secretSpans(text)).not.toEqual([]);
      }),
    );
  });
});

describe("withoutSecretPlaces()", () => {
  it("asks for what the schema calls secret, for what looks secret, and of a text for its secret parts alone", () => {
    const field = { schema: z.object({ data: z.record(z.string(), secret(z.string())) }), traits: {} };
    expect(written({ data: { a: "x", empty: "" }, token: "shown" }, field)).toEqual({
      value: { data: { a: "${env.S1}", empty: "" }, token: "shown" },
      places: [{ path: "f.data.a", name: "a", secret: "x" }],
    });
    expect(written({ list: [{ name: "API_KEY", value: "v" }], on: true, none: null, n: 1 })).toEqual({
      value: { list: [{ name: "API_KEY", value: "${env.S1}" }], on: true, none: null, n: 1 },
      places: [{ path: "f.list.0.value", name: "API_KEY", secret: "v" }],
    });
    expect(written({ conf: "a: ${env.A}\npassword: $$x\nb: 1" })).toMatchObject({
      value: { conf: "a: $${env.A}\npassword: ${env.S1}\nb: 1" },
      places: [{ path: "f.conf", name: "conf", secret: "$$x" }],
    });
    expect(written({ conf: "u: $://a:b@c\nprice$$://a:$pw@c" }).places).toMatchObject([
      { secret: "b" },
      { secret: "$pw" },
    ]);
  });

  it("asks for everything inside of what is secret as a whole, and lets switches be", () => {
    const field = { schema: secret(z.unknown()), traits: {} };
    const { value, places } = written({ a: [{ b: "x" }], c: 1, on: true }, field);
    expect(value).toEqual({ a: [{ b: "${env.S1}" }], c: "${env.S2}", on: true });
    expect(places.map(({ secret: own }) => own)).toEqual(["x", 1]);
  });

  it("property: with the secrets supplied it is read as what it was", () => {
    const part = fc.constantFrom(
      "password: ",
      "${env.A}",
      "$",
      "{",
      "\n",
      "token=",
      "x",
      '"',
      "$${",
      "var.x}",
      "://u:p@h",
      "'",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const text = parts.join("");
        const { value, places } = written({ conf: text });
        const env = Object.fromEntries(places.map(({ secret: own }, index) => [`S${index + 1}`, String(own)]));
        const read = interpolate((value as { conf: string }).conf, { variables: new Map(), env });
        expect(read.problems).toEqual([]);
        expect(read.value).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});
