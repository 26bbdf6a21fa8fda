import { type CloudAnswer, fault } from "../core/errors.ts";
import { type CallError, callError } from "../http/call-error.ts";
import { type Call, classifyFailure } from "../http/classify.ts";
import { type PgSettings, quotedTable } from "./pg-settings.ts";

/** There is no such table. */
export const noTable = "42P01";

/** The server ends, begins, is full or busy, or a statement has waited too long: another attempt may go through. */
const passing = /^(08|57P0[123]$|57014$|53300$|40001$|40P01$|55P03$)/;

/** After these the connection is of no use any more. */
const ending = /^(08|57P0[123]$|53300$)/;

type Cure = (settings: PgSettings) => string;

const cures: Readonly<Record<string, Cure>> = {
  "28P01": () => "check user and password in `ledger.url`",
  "28000": () => "check user and password in `ledger.url`, and whether the server lets this user in from here",
  "3D000": () => "create the database, or correct its name in `ledger.url`",
  "3F000": ({ table }) => `create the schema of ${quotedTable(table)}, or name another table with \`ledger.table\``,
  "25006": () => "let `ledger.url` lead to the primary server: this one only reads",
  "42501": ({ table }) =>
    `grant select, insert, update and delete on ${quotedTable(table)} to this user; to make the table it needs create on its schema`,
  "42703": () => "the table is none of cairn's; name another one with `ledger.table`",
  "42804": () => "the table is none of cairn's; name another one with `ledger.table`",
  "42809": () => "it is no table; name another one with `ledger.table`",
  "42P10": () => "the table is none of cairn's; name another one with `ledger.table`",
  "53100": () => "free some space on the server and run the command again",
};

/** The server's code of a statement that it refused; undefined for whatever is no answer of the server's. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("severity" in error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** True where a new connection has to be made before the next statement. */
export function endsConnection(error: unknown): boolean {
  const state = sqlState(error);
  return state === undefined || ending.test(state);
}

/** What a failure of a statement, or of the way to the server, means. Its sentence is to be completed with what could not be done. */
export function pgFault(error: unknown, settings: PgSettings, call: Call): CallError {
  const code = sqlState(error);
  const told = error instanceof Error ? error.message : String(error);
  if (code === undefined) return refusedWay(told, call, error) ?? classifyFailure(error, call);
  const cloud: CloudAnswer = { action: call.action, code, message: told };
  const message = `${call.action}: ${call.endpoint} answered ${code}`;
  if (passing.test(code)) return callError("transient", fault("E_CLOUD", message, { cloud }), { cause: error });
  const help = cures[code]?.(settings);
  const rest = { cloud, ...(help === undefined ? {} : { help }) };
  return callError("permanent", fault("E_CLOUD", message, rest), { cause: error });
}

/** What the client itself finds out before it asks anything: no attempt cures that. */
function refusedWay(told: string, { action, endpoint }: Call, cause: unknown): CallError | undefined {
  const cures: readonly (readonly [RegExp, string])[] = [
    [/^SASL: .*password/, "write the password into `ledger.url`, by ${env.NAME}, or set PGPASSWORD"],
    [
      /does not support SSL/,
      "the server knows no TLS: write sslmode=disable into `ledger.url` where nobody listens in",
    ],
    [/^(ENOENT|EACCES): /, "check the files that `ledger.url` names for TLS"],
  ];
  const help = cures.find(([pattern]) => pattern.test(told))?.[1];
  if (help === undefined) return undefined;
  return callError("permanent", fault("E_UNREACHABLE", `${action}: ${endpoint}: ${told}`, { help }), { cause });
}
