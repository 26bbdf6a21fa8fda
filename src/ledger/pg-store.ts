import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import type { Clock } from "../core/provider.ts";
import { byText } from "../core/values.ts";
import { callWithRetry } from "../http/retry.ts";
import { type ConditionalStore, storePatience } from "./conditional-store.ts";
import { endsConnection, noTable, pgFault, sqlState } from "./pg-fault.ts";
import { clientUrl, type PgSettings, pgEndpoint, quotedTable } from "./pg-settings.ts";

/** What a store in PostgreSQL needs of the outside. */
export type PgWorld = {
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
};

/** One row of the table, as far as a statement asks for it. */
type Row = { readonly name?: string; readonly tag?: string; readonly content?: string };

type Answer = { readonly rows: readonly Row[]; readonly count: number };

type Run = (action: string, text: string, values?: readonly string[]) => Promise<Answer>;

const connectMs = 10_000;
const statementMs = 20_000;
/** The server ends a statement first, and says so. */
const answerMs = statementMs + 5000;

/** Proxies of connections that do not hand on what is set at the beginning refuse it with this. */
const protocolViolation = "08P01";

/**
 * Rows of one table as texts: `name`, `tag`, `content`, and when it was `changed`. The table is made with the first write. One
 * connection, made with the first statement and anew where it was cut; then what was under way is asked for again, which its
 * tag, drawn by us, allows.
 */
export function pgStore(settings: PgSettings, world: PgWorld): ConditionalStore {
  const table = quotedTable(settings.table);
  const { run, close } = openSession(settings, world);
  const asked = unlessNoTable(run);
  const read = async (name: string) => {
    const { rows } = await asked("read", `select tag::text, content from ${table} where name = $1`, [name]);
    const [{ tag, content } = {}] = rows;
    return tag === undefined || content === undefined ? undefined : { text: content, tag };
  };
  const create = `create table if not exists ${table} (name text primary key, tag uuid not null, content text not null, changed timestamptz not null)`;
  const insert = `insert into ${table} (name, tag, content, changed) values ($1, $2, $3, now()) on conflict (name) do nothing`;
  const update = `update ${table} set tag = $2, content = $3, changed = now() where name = $1 and tag::text = $4`;
  return {
    read,
    write: async (name, text, over) => {
      const tag = randomUUID();
      const values = [name, tag, text];
      const put = () =>
        over === undefined ? run("insert", insert, values) : asked("update", update, [...values, over]);
      const { count } = await put().catch(async (error: unknown) => {
        if (stateOf(error) !== noTable) throw error;
        await makeTable(run, create);
        return put();
      });
      // Nothing was changed, perhaps because an attempt whose answer was lost had been done.
      return count === 1 || (await read(name))?.tag === tag ? { tag } : "conflict";
    },
    remove: async (name) => {
      await asked("delete", `delete from ${table} where name = $1`, [name]);
    },
    list: async (prefix) => {
      const { rows } = await asked("list", `select name from ${table} where starts_with(name, $1)`, [prefix]);
      return rows.map(({ name = "" }) => name).sort(byText);
    },
    close,
  };
}

/** Two who make the table at once: the second is told that it is there, or that its name is. */
async function makeTable(run: Run, create: string): Promise<void> {
  await run("create table", create).catch((error: unknown) => {
    if (!["23505", "42P07"].includes(stateOf(error) ?? "")) throw error;
  });
}

/** Where there is no table yet, there is nothing in it. */
function unlessNoTable(run: Run): Run {
  return (action, text, values) =>
    run(action, text, values).catch((error: unknown): Answer => {
      if (stateOf(error) === noTable) return { rows: [], count: 0 };
      throw error;
    });
}

/** The server's code behind a classified failure. */
function stateOf(error: unknown): string | undefined {
  return error instanceof Error ? sqlState(error.cause) : undefined;
}

function openSession(settings: PgSettings, { clock, random }: PgWorld): { run: Run; close: () => Promise<void> } {
  let session: Promise<Client> | undefined;
  const drop = (client: Promise<Client>): void => {
    if (session === client) session = undefined;
    void client.then((one) => one.end()).catch(() => undefined);
  };
  const open = (): Promise<Client> => {
    const opening = session ?? connect(settings.url);
    if (session === undefined) {
      session = opening;
      // Between two statements nobody else would hear that the server has gone.
      opening.then(
        (client) => client.once("end", () => drop(opening)),
        () => drop(opening),
      );
    }
    return opening;
  };
  const run: Run = (action, text, values = []) => {
    const call = { action, endpoint: pgEndpoint(settings.url), mutating: false };
    const once = async (): Promise<Answer> => {
      const client = open();
      try {
        const { rows, rowCount } = await (await client).query<Row>(text, [...values]);
        return { rows, count: rowCount ?? 0 };
      } catch (error) {
        if (endsConnection(error)) drop(client);
        throw pgFault(error, settings, call);
      }
    };
    return callWithRetry(once, { ...storePatience, clock, random });
  };
  const close = async (): Promise<void> => {
    const last = session;
    session = undefined;
    await last?.then((client) => client.end()).catch(() => undefined);
  };
  return { run, close };
}

async function connect(
  url: string,
  timeout: { readonly statement_timeout?: number } = { statement_timeout: statementMs },
): Promise<Client> {
  const { Client: PgClient } = await import("pg");
  const client = new PgClient({
    connectionString: clientUrl(url),
    application_name: "cairn",
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs,
    keepAlive: true,
    ...timeout,
  });
  // Told again to whoever waits for an answer; without a listener it would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    void client.end().catch(() => undefined);
    if (sqlState(error) !== protocolViolation || timeout.statement_timeout === undefined) throw error;
    return connect(url, {});
  }
}
