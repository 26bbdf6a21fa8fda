import { expect, test } from "vitest";
import { failure, fault } from "../../src/core/errors.ts";
import { callError } from "../../src/http/call-error.ts";
import { storeFault } from "../../src/ledger/store-fault.ts";

const help = "is the emulator running?";

test.each([
  ["transient", expect.stringContaining("check what `ledger` in cairn.yaml says")],
  ["permanent", help],
] as const)("storeFault() puts its own cure where the way to a store is cut, and keeps others: %s", (kind, cure) => {
  const error = callError(kind, fault("E_UNREACHABLE", "read: no way", { help }));
  expect(storeFault(error, "read the ledger", "s3://b/k")).toMatchObject({
    diagnostics: [
      { code: "E_LEDGER", place: { file: "s3://b/k" }, message: "cannot read the ledger: read: no way", help: cure },
    ],
  });
});

test("storeFault() hands on what is no failed call", () => {
  const error = failure("E_LOCKED", "lost");
  expect(storeFault(error, "read the ledger", "s3://b/k")).toBe(error);
});
