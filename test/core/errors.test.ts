import { expect, test } from "vitest";
import { CairnError, failure, fault, refusals } from "../../src/core/errors.ts";

test("fault() is an error with a code, a sentence, and what else is known", () => {
  expect(fault("E_FIELD", "port must be a number")).toEqual({
    severity: "error",
    code: "E_FIELD",
    message: "port must be a number",
  });
  expect(fault("E_FIELD", "no", { place: { file: "a.yaml", line: 2 }, help: "write 80" })).toEqual({
    severity: "error",
    code: "E_FIELD",
    message: "no",
    place: { file: "a.yaml", line: 2 },
    help: "write 80",
  });
});

test("failure() throws as an error that carries its diagnostic", () => {
  const error = failure("E_LOCKED", "another run holds the lock", { address: "App/a" });
  expect(error).toBeInstanceOf(CairnError);
  expect(error).toMatchObject({
    name: "CairnError",
    code: "E_LOCKED",
    message: "another run holds the lock",
    diagnostics: [{ severity: "error", code: "E_LOCKED", address: "App/a" }],
  });
});

test("a CairnError has the code of its first diagnostic, a line for each, and its cause", () => {
  const cause = new Error("below");
  const error = new CairnError([fault("E_CYCLE", "one"), fault("E_FIELD", "two")], { cause });
  expect(error).toMatchObject({ code: "E_CYCLE", message: "one\ntwo", cause });
  expect(new CairnError([]).code).toBe("E_INTERNAL");
});

test("refusals are the codes that end a run with exit 4", () => {
  expect([...refusals].sort()).toEqual([
    "E_BLOCKED",
    "E_GUARD",
    "E_LOCKED",
    "E_OTHER_CLOUD",
    "E_PROTECTED",
    "E_STALE_PLAN",
    "E_VANISHED",
  ]);
});
