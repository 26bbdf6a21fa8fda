import { expect, test } from "vitest";
import { clientUrl, pgEndpoint, pgLocation, quotedTable } from "../../src/ledger/pg-settings.ts";

test.each([
  ["postgres://u:p%2Fw@db.test:6543/cairn?sslmode=verify-full", "db.test:6543", "postgres://db.test:6543/cairn#t/n"],
  ["postgresql://db.test/ca%20irn", "db.test:5432", "postgres://db.test:5432/ca irn#t/n"],
  ["postgres://[::1]/cairn", "[::1]:5432", "postgres://[::1]:5432/cairn#t/n"],
  ["postgres:///cairn?host=/run/pg&password=pw", "/run/pg", "postgres:///run/pg/cairn#t/n"],
  ["postgres:///cairn?host=other&port=1", "other:1", "postgres://other:1/cairn#t/n"],
  ["postgres:///cairn", "localhost:5432", "postgres://localhost:5432/cairn#t/n"],
])("pgLocation() says where %s leads, and nothing of user and password", (url, endpoint, location) => {
  expect(pgEndpoint(url)).toBe(endpoint);
  expect(pgLocation({ url, table: "t" }, "n")).toBe(location);
});

test.each([
  ["prefer", "verify-full"],
  ["require", "verify-full"],
  ["verify-ca", "verify-full"],
  ["disable", "disable"],
  ["no-verify", "no-verify"],
])("clientUrl() has the server prove who it is wherever TLS is asked for: %s", (mode, meant) => {
  const url = `postgres://u:p%2Fw@db.test/cairn?sslmode=${mode}&a=b`;
  expect(clientUrl(url)).toBe(url.replace(mode, meant));
});

test("clientUrl() changes nothing else", () => {
  expect(clientUrl("postgres://u:p%2Fw@db.test/cairn")).toBe("postgres://u:p%2Fw@db.test/cairn");
});

test("quotedTable() makes a name of whatever it gets", () => {
  expect(quotedTable('ops.my"; drop table x')).toBe('"ops"."my""; drop table x"');
});
