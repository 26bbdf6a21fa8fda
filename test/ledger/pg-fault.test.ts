import { expect, test } from "vitest";
import { endsConnection, pgFault } from "../../src/ledger/pg-fault.ts";

const settings = { url: "postgres://u:pw@db.test/cairn", table: "ops.ledger" };
const call = { action: "read", endpoint: "db.test:5432", mutating: false };

/** An error as the server gives it. */
function answered(code: string): Error {
  return Object.assign(new Error("what the server says"), { severity: "ERROR", code });
}

test.each([
  ["57P01", "the administrator ends it", true],
  ["53300", "it has too many connections", true],
  ["08006", "the connection failed", true],
  ["57014", "the statement took too long", false],
  ["40001", "two transactions met", false],
])("pgFault() lets %s pass, because %s", (code, _, isOver) => {
  expect(pgFault(answered(code), settings, call)).toMatchObject({ class: "transient" });
  expect(endsConnection(answered(code))).toBe(isOver);
});

test.each([
  ["28P01", "check user and password"],
  ["28000", "check user and password"],
  ["3D000", "create the database"],
  ["3F000", 'create the schema of "ops"."ledger"'],
  ["25006", "primary server"],
  ["42501", 'grant select, insert, update and delete on "ops"."ledger"'],
  ["42703", "none of cairn's"],
  ["42804", "none of cairn's"],
  ["42809", "it is no table"],
  ["42P10", "none of cairn's"],
  ["53100", "free some space"],
])("pgFault() tells the cure of %s: %s", (code, help) => {
  const fault = pgFault(answered(code), settings, call);
  expect(fault).toMatchObject({ class: "permanent", message: `read: db.test:5432 answered ${code}` });
  expect(fault.diagnostic).toMatchObject({
    help: expect.stringContaining(help),
    cloud: { action: "read", code, message: "what the server says" },
  });
  expect(endsConnection(answered(code))).toBe(false);
});

test("pgFault() hands a refusal on that it does not know", () => {
  const { diagnostic } = pgFault(answered("XX000"), settings, call);
  expect(diagnostic.cloud).toEqual({ action: "read", code: "XX000", message: "what the server says" });
  expect(diagnostic).not.toHaveProperty("help");
});

test.each([
  ["SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string", "PGPASSWORD"],
  ["The server does not support SSL connections", "sslmode=disable"],
  ["ENOENT: no such file or directory, open 'ca.pem'", "check the files"],
])("pgFault() tells the cure of what the client finds out: %s", (message, help) => {
  expect(pgFault(new Error(message), settings, call)).toMatchObject({
    class: "permanent",
    diagnostic: { help: expect.stringContaining(help) },
  });
});

test.each([
  [Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }), "cannot reach db.test:5432"],
  [new Error("Connection terminated unexpectedly"), "the answer was lost"],
  [new Error("Query read timeout"), "the answer was lost"],
])("pgFault() lets a cut way be gone again: %s", (error, message) => {
  expect(pgFault(error, settings, call)).toMatchObject({
    class: "transient",
    message: expect.stringContaining(message),
  });
  expect(endsConnection(error)).toBe(true);
});
