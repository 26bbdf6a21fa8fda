import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { closest, didYouMean } from "../../src/core/suggest.ts";

/** Edit distance as its definition says, without a table: slow and plain. */
function plainDistance(left: string, right: string): number {
  if (left === "" || right === "") return left.length + right.length;
  const [a, b] = [left.slice(0, -1), right.slice(0, -1)];
  const same = left.at(-1) === right.at(-1) ? 0 : 1;
  const edits = [plainDistance(a, right) + 1, plainDistance(left, b) + 1, plainDistance(a, b) + same];
  if (left.length > 1 && right.length > 1 && left.at(-1) === right.at(-2) && left.at(-2) === right.at(-1)) {
    edits.push(plainDistance(left.slice(0, -2), right.slice(0, -2)) + 1);
  }
  return Math.min(...edits);
}

describe("closest()", () => {
  test("finds the name that was most likely meant", () => {
    expect(closest("titel", ["title", "tilt", "bizTitle"])).toBe("title");
    expect(closest("ENVNAME", ["envName", "envType"])).toBe("envName");
    expect(closest("storfront", ["storefront", "store"])).toBe("storefront");
    expect(closest("xy", ["xz", "ab"])).toBe("xz");
    expect(closest("x", ["y", "zz"])).toBeUndefined();
    expect(closest("", ["y"])).toBeUndefined();
    expect(closest("replicas", ["region", "app"])).toBeUndefined();
    expect(closest("abc", [])).toBeUndefined();
  });

  test("settles ties in text order, whatever the order of the candidates", () => {
    expect(closest("cat", ["cut", "bat"])).toBe("bat");
    expect(closest("cat", ["bat", "cut"])).toBe("bat");
  });

  test("counts edits as the definition does", () => {
    const word = fc.stringMatching(/^[abc]{1,6}$/);
    fc.assert(
      fc.property(word, word, (left, right) => {
        const limit = Math.min(left.length - 1, Math.max(1, Math.floor(left.length / 3)));
        expect(closest(left, [right])).toBe(plainDistance(left, right) <= limit ? right : undefined);
      }),
    );
  });
});

test("didYouMean() falls back on the given words", () => {
  expect(didYouMean("titel", ["title"], "remove it")).toBe('did you mean "title"?');
  expect(didYouMean("titel", ["other"], "remove it")).toBe("remove it");
});
