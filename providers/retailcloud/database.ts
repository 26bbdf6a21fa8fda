import { z } from "zod";
import { recordOf } from "../../src/core/answer-fields.ts";
import type { Live, Readiness, Scope } from "../../src/core/kind.ts";
import { immutable } from "../../src/core/traits.ts";
import type { Fields } from "../../src/core/values.ts";
import { defineAction, names } from "./action.ts";
import type { RetailCloud } from "./client.ts";
import { callUnless } from "./declined.ts";
import { idOf, listIn, parentOf, shown, textOf } from "./decode.ts";
import { described, exampled, text } from "./fields.ts";
import { rdsId } from "./rds-id.ts";
import { defineResource } from "./resource.ts";

const createDatabase = defineAction({
  name: "CreateDb",
  method: "POST",
  mutating: true,
  body: names("CharacterSetName DbDescription DbInstanceId DbName"),
});

const listDatabases = defineAction({
  name: "DescribeDatabases",
  method: "GET",
  mutating: false,
  query: names("InstanceId"),
  answers: names("Databases DBName DBInstanceId CharacterSetName DBDescription DBStatus"),
});

const deleteDatabase = defineAction({
  name: "DeleteDatabase",
  method: "POST",
  mutating: true,
  body: names("DBInstanceId DBName"),
});

/** The vendor's two lists name one set of SQL Server's differently: writes take the first word, reads may show the second. */
const [writtenSet, readSet] = ["SQL_Latin1_General_CP1_CS_AS", "SQL_Latin1_General_CS_AS"] as const;

const characterSets = [
  ...names("utf8 gbk latin1 utf8mb4"),
  ...names("Chinese_PRC_CI_AS Chinese_PRC_CS_AS SQL_Latin1_General_CI_AS Chinese_PRC_BIN"),
  writtenSet,
];

/** Letter case carries no meaning. */
const characterSet = z
  .string()
  .transform((word) => {
    const known = [...characterSets, readSet].find((one) => one.toLowerCase() === word.toLowerCase());
    return known === readSet ? writtenSet : (known ?? word);
  })
  .refine((word) => characterSets.some((one) => one === word), `must be one of ${characterSets.join(", ")}`);

const description = z
  .string()
  .regex(
    /^$|^[A-Za-z\u4e00-\u9fff][A-Za-z\d_\-\u4e00-\u9fff]{1,255}$/,
    "must have 2 to 256 characters: a letter first, then letters, digits, _ and -",
  )
  .transform((value) => (value === "" ? undefined : value))
  .optional();

const spec = z.strictObject({
  dbName: described(
    immutable(
      z
        .string()
        .regex(
          /^[a-z][a-z\d_-]{0,62}[a-z\d]$/,
          "must have 2 to 64 characters: a small letter first, then a-z 0-9 _ -, a letter or digit last",
        ),
    ),
    "unique in the instance; the last segment of metadata.name where it is left out",
  ),
  dbInstanceId: described(immutable(text()), "the RDS instance, e.g. rm-uf6…"),
  characterSetName: described(
    exampled(immutable(characterSet), "utf8mb4"),
    `of MySQL and MariaDB: ${characterSets.slice(0, 4).join(", ")}; the others are SQL Server's`,
  ),
  dbDescription: immutable(description),
});

/** A database of an RDS instance. It has no id that a call accepts: the instance and its name are its id and its key. */
export const database = defineResource({
  kind: "Database",
  description: "a database of an RDS instance",
  spec,
  naming: "dbName",
  scope: ["dbInstanceId"],
  identity: ({ dbInstanceId, dbName }) => rdsId(String(dbInstanceId), String(dbName)),
  protected: true,
  readiness: { check: condition, firstLookMs: 2_000, intervalMs: 3_000, timeoutMs: 600_000 },
  calls: { list: listDatabases, create: createDatabase, remove: deleteDatabase },
  list: listAll,
  create: async (api, { spec: wanted }) => {
    await api.call(createDatabase, {
      DbInstanceId: wanted.dbInstanceId,
      DbName: wanted.dbName,
      CharacterSetName: wanted.characterSetName,
      DbDescription: wanted.dbDescription,
    });
    return { id: rdsId(wanted.dbInstanceId, wanted.dbName) };
  },
  remove: async (api, { id, spec: { dbName }, scope }) => {
    const params = { DBInstanceId: parentOf(scope, "dbInstanceId"), DBName: String(dbName) };
    // A run that was killed may have begun it already.
    const isDone = async (): Promise<boolean> => {
      const live = (await listAll(api, scope)).find((one) => one.id === id);
      return live === undefined || live.facts?.["status"] === "Deleting";
    };
    await callUnless(() => api.call(deleteDatabase, params), isDone);
  },
});

async function listAll(api: RetailCloud, scope: Scope): Promise<readonly Live[]> {
  const instance = parentOf(scope, "dbInstanceId");
  const answer = await api.call(listDatabases, { InstanceId: instance });
  return listIn(recordOf(answer, "Result"), "Databases").map((row) => toLive(row, instance));
}

function condition({ facts = {} }: Live): Readiness {
  const status = textOf(facts, "status");
  if (status === undefined || status === "Running") return { state: "ready" };
  return { state: status === "Deleting" ? "failed" : "pending", reason: `it is ${status}` };
}

function toLive(row: Fields, instance: string): Live {
  const name = idOf(row, "DBName");
  return {
    id: rdsId(instance, name),
    spec: shown({
      dbName: name,
      dbInstanceId: instance,
      characterSetName: textOf(row, "CharacterSetName"),
      dbDescription: textOf(row, "DBDescription"),
    }),
    facts: shown({ status: textOf(row, "DBStatus") }),
  };
}
