import { expect, test } from "vitest";
import { emptyLedger } from "../../src/core/ledger.ts";

test("emptyLedger() owns nothing, and names its stack only where there is one", () => {
  const plain = { format: 1, project: "shop", lineage: "abc", serial: 0, entries: {}, intents: [] };
  expect(emptyLedger("shop", undefined, "abc")).toStrictEqual(plain);
  expect(emptyLedger("shop", "prod", "abc")).toStrictEqual({ ...plain, stack: "prod" });
});
