import { expect, test } from "vitest";
import { failure } from "../../src/core/errors.ts";
import { fileFault } from "../../src/ledger/file-fault.ts";

test.each([
  ["ENOSPC", "cannot write the ledger: the disk is full (ENOSPC)"],
  ["EROFS", "cannot write the ledger: the file system is read-only (EROFS)"],
  ["EACCES", "cannot write the ledger: permission denied (EACCES)"],
])("fileFault() says what %s means, and the cure", (code, message) => {
  const error = fileFault(Object.assign(new Error("x"), { code }), "write the ledger", "ledger.json");
  expect(error.diagnostics).toMatchObject([
    { code: "E_LEDGER", place: { file: "ledger.json" }, message, help: expect.any(String) },
  ]);
});

test("fileFault() hands on what it does not know, and what is cairn's own", () => {
  const unknown = Object.assign(new Error("i/o error"), { code: "EIO" });
  expect(fileFault(unknown, "write the ledger", "l").message).toBe("cannot write the ledger: i/o error (EIO)");
  expect(fileFault("odd", "write the ledger", "l").message).toBe("cannot write the ledger: odd");
  const own = failure("E_LOCKED", "locked");
  expect(fileFault(own, "write the ledger", "l")).toBe(own);
});
