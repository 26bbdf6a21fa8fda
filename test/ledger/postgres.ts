import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Client } from "pg";

/** A server of one test file, with a superuser `cairn`. */
export type Postgres = {
  /** Of the database `postgres`, or another one; by a user and password. */
  url(database?: string, user?: string, password?: string): string;
  /** What statements of a superuser answer. */
  query(text: string, database?: string): Promise<readonly Record<string, unknown>[]>;
  stop(): Promise<void>;
  /** Starts it again, on the same port and with the same data. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  remove(): Promise<void>;
};

const password = "s3cret/of cairn";
const isRoot = process.getuid?.() === 0;

/** The folder with the server's programs; undefined where it is not installed. */
function binFolder(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : [];
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), ...versions.map((one) => join(debian, one, "bin"))];
  return folders.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
}

/** Why tests with PostgreSQL cannot run here; undefined where they can. */
export function missingPostgres(): string | undefined {
  if (binFolder() === undefined) return "there is no PostgreSQL on this machine";
  if (!isRoot) return undefined;
  try {
    execFileSync("setpriv", [...asPostgres, "true"]);
    return undefined;
  } catch {
    return "root cannot become the user postgres, and PostgreSQL does not run as root";
  }
}

const asPostgres = ["--reuid=postgres", "--regid=postgres", "--init-groups"];

/** A program of the server's, as a user that it runs as. */
function command(name: string, args: readonly string[]): readonly [string, string[]] {
  const program = join(binFolder() ?? "", name);
  return isRoot ? ["setpriv", [...asPostgres, program, ...args]] : [program, [...args]];
}

/** Makes a cluster in a temporary folder and starts it. */
export async function startPostgres(): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), "cairn-postgres-"));
  const data = join(folder, "data");
  const secret = join(folder, "password");
  writeFileSync(secret, password);
  chmodSync(secret, 0o644);
  chmodSync(folder, 0o777);
  const options = ["-D", data, "-U", "cairn", "-A", "scram-sha-256", `--pwfile=${secret}`, "--no-sync", "-E", "UTF8"];
  const [program, args] = command("initdb", options);
  execFileSync(program, args, { stdio: "pipe", cwd: folder });
  const port = await freePort();
  let server: ChildProcess | undefined;

  const url: Postgres["url"] = (database = "postgres", user = "cairn", word = password) =>
    `postgres://${user}:${encodeURIComponent(word)}@127.0.0.1:${port}/${database}`;
  const query: Postgres["query"] = async (text, database) => {
    const client = new Client({ connectionString: url(database) });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };
  const start = async (): Promise<void> => {
    const flags = ["-D", data, "-k", folder, "-h", "127.0.0.1", "-p", String(port), "-F"];
    const [path, words] = command("postgres", flags);
    server = spawn(path, words, { stdio: "ignore", cwd: folder });
    for (let tries = 0; tries < 100; tries += 1) {
      const isUp = await query("select 1").then(
        () => true,
        () => false,
      );
      if (isUp) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error("PostgreSQL does not come up");
  };
  const stop = async (): Promise<void> => {
    const running = server;
    server = undefined;
    if (running === undefined) return;
    // SIGINT ends every connection and the server at once.
    running.kill("SIGINT");
    if (running.exitCode === null) await once(running, "exit");
  };
  const remove = async (): Promise<void> => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  await start();
  return { url, query, start, stop, remove };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}
