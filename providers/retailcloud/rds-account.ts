import { z } from "zod";
import type { Live, Readiness } from "../../src/core/kind.ts";
import { immutable, secret, writeOnly } from "../../src/core/traits.ts";
import type { Fields } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import { idOf, parentOf, shown, textOf } from "./decode.ts";
import { described, text } from "./fields.ts";
import { accountRow, accountRows, describeAccounts } from "./rds-accounts.ts";
import { nameInRdsId, rdsId } from "./rds-id.ts";
import { defineResource } from "./resource.ts";

const createAccount = defineAction({
  name: "CreateAccount",
  method: "POST",
  mutating: true,
  body: names("AccountName AccountPassword AccountType DbInstanceId"),
});

const resetPassword = defineAction({
  name: "ResetAccountPassword",
  method: "POST",
  mutating: true,
  body: names("AccountName AccountPassword DbInstanceId"),
});

const deleteAccount = defineAction({
  name: "DeleteRdsAccount",
  method: "POST",
  mutating: true,
  body: names("AccountName DbInstanceId"),
});

const spec = z.strictObject({
  accountName: described(immutable(text()), "the last segment of metadata.name where it is left out"),
  dbInstanceId: described(immutable(text()), "the RDS instance, e.g. rm-uf6…"),
  accountPassword: described(writeOnly(secret(text())), "never shown by the cloud; another one is set in place"),
  accountType: described(
    immutable(z.enum(["Normal", "Super"]).optional()),
    "a Super account may do everything, and needs no grants",
  ),
});

/** An account of an RDS instance. It has no id that a call accepts: the instance and its name are its id and its key. */
export const rdsAccount = defineResource({
  kind: "RdsAccount",
  description: "an account of an RDS instance",
  spec,
  naming: "accountName",
  scope: ["dbInstanceId"],
  identity: ({ dbInstanceId, accountName }) => rdsId(String(dbInstanceId), String(accountName)),
  readiness: { check: condition, firstLookMs: 1_000, intervalMs: 3_000, timeoutMs: 300_000 },
  repeatable: true,
  calls: {
    list: describeAccounts,
    read: describeAccounts,
    create: createAccount,
    update: [resetPassword],
    remove: deleteAccount,
  },
  list: async (api, scope) => {
    const instance = parentOf(scope, "dbInstanceId");
    return (await accountRows(api, instance)).map((row) => toLive(row, instance));
  },
  read: async (api, { id, scope }) => {
    const instance = parentOf(scope, "dbInstanceId");
    const row = await accountRow(api, instance, nameInRdsId(id));
    return row === undefined ? undefined : toLive(row, instance);
  },
  create: async (api, { spec: wanted }) => {
    await api.call(createAccount, {
      DbInstanceId: wanted.dbInstanceId,
      AccountName: wanted.accountName,
      AccountPassword: wanted.accountPassword,
      AccountType: wanted.accountType,
    });
    return { id: rdsId(wanted.dbInstanceId, wanted.accountName) };
  },
  update: async (api, { id, spec: wanted, scope }) => {
    await api.call(resetPassword, {
      DbInstanceId: parentOf(scope, "dbInstanceId"),
      AccountName: nameInRdsId(id),
      AccountPassword: wanted.accountPassword,
    });
  },
  remove: async (api, { id, scope }) => {
    const instance = parentOf(scope, "dbInstanceId");
    await api.call(deleteAccount, { DbInstanceId: instance, AccountName: nameInRdsId(id) });
  },
});

function condition({ facts = {} }: Live): Readiness {
  const status = textOf(facts, "status");
  if (status === undefined || status === "Available") return { state: "ready" };
  return { state: "pending", reason: `it is ${status}` };
}

function toLive(row: Fields, instance: string): Live {
  const name = idOf(row, "AccountName");
  return {
    id: rdsId(instance, name),
    spec: shown({ accountName: name, dbInstanceId: instance, accountType: textOf(row, "AccountType") }),
    facts: shown({ status: textOf(row, "AccountStatus") }),
  };
}
