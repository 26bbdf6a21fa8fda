import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holdsUnsafe, replaceUnsafe, utf16Escapes } from "../../src/core/unsafe-characters.ts";

const deceivers = [
  "\n",
  "\t",
  "\u001b",
  "\u007f",
  "\u200b",
  "\u202e",
  "\u2028",
  "\u2029",
  "\ufeff",
  "\ud800",
  "\u{e0001}",
];

describe("unsafe characters", () => {
  test.each(deceivers.map((one) => [utf16Escapes(one), one]))("%s is one", (_, one) => {
    expect(holdsUnsafe(`a${one}b`)).toBe(true);
    expect(replaceUnsafe(`a${one}b`, () => "?")).toBe("a?b");
  });

  test("are none of what people write", () => {
    const text = "Straße 聚石塔 👍🏽 «x» é — a b";
    expect([holdsUnsafe(text), replaceUnsafe(text, () => "?")]).toEqual([false, text]);
  });

  test("are gone where they were replaced, and a text is asked about twice with the same answer", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(holdsUnsafe(replaceUnsafe(text, () => ""))).toBe(false);
        expect(holdsUnsafe(text)).toBe(holdsUnsafe(text));
      }),
    );
  });
});

test("utf16Escapes() writes what JSON reads as the same character", () => {
  for (const one of deceivers) expect(JSON.parse(`"${utf16Escapes(one)}"`)).toBe(one);
});
