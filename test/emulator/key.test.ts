import { expect, test } from "vitest";
import { parseKey } from "../../src/emulator/index.ts";

test.each([
  ["id:secret", { id: "id", secret: "secret", account: "default" }],
  ["id:secret:token", { id: "id", secret: "secret", token: "token", account: "default" }],
  ["id:secret@shop", { id: "id", secret: "secret", account: "shop" }],
  ["id:se@cret:token@shop", { id: "id", secret: "se@cret", token: "token", account: "shop" }],
])("parseKey() reads %s", (text, key) => {
  expect(parseKey(text)).toEqual(key);
});

test.each(["", "id", "id:", ":secret", "id:secret:", "a:b:c:d", "id:secret@"])(
  "parseKey() refuses %j and names no part of it",
  (text) => {
    expect(() => parseKey(text)).toThrow(/^key is not readable; write it as ID:SECRET, ID:SECRET:TOKEN/);
  },
);
