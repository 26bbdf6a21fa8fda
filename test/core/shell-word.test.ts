import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shellWord } from "../../src/core/shell-word.ts";

/** What a POSIX shell makes of words: each as one argument, as it was. */
function readByShell(words: readonly string[]): readonly string[] {
  const script = `for word in "$@"; do printf '%s\\0' "$word"; done`;
  const command = `set -- ${words.map(shellWord).join(" ")}; ${script}`;
  return execFileSync("/bin/sh", ["-c", command], { encoding: "utf8", maxBuffer: 1e8 }).split("\0").slice(0, -1);
}

describe("shellWord()", () => {
  it("leaves addresses and plain paths as they are", () => {
    for (const text of ["App/web", "../../..", "Environment/a.b_c-d/prod", "10m"]) expect(shellWord(text)).toBe(text);
  });

  it("makes one word of anything, without any part of it being done", () => {
    const hostile = [
      "",
      " ",
      "$(echo x)",
      "`echo x`",
      "a'b",
      "'",
      '"',
      "a\nb",
      "$HOME",
      "应用-web",
      "\\",
      "a;b&c|d>e",
      "~",
      "*",
      "!x",
      "#x",
    ];
    expect(readByShell(hostile)).toEqual(hostile);
  });

  it("makes one word of whatever a shell can take", () => {
    const text = fc.string({ unit: "grapheme" }).filter((one) => !one.includes("\0"));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 200 }), (words) => {
        expect(readByShell(words)).toEqual(words);
      }),
      { numRuns: 5 },
    );
  });
});
