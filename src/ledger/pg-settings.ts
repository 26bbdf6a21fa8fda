/** Which database a ledger lies in, and in which table. */
export type PgSettings = {
  /** `postgres://user:password@host:port/database?…` */
  readonly url: string;
  /** Its name, perhaps behind that of a schema and a dot. */
  readonly table: string;
};

const strict = new Set(["prefer", "require", "verify-ca"]);

/**
 * The URL as the client is to have it: every `sslmode` that asks for TLS also has the server prove who it is, which is what the
 * client does by itself, with a warning on stderr.
 */
export function clientUrl(url: string): string {
  const parsed = new URL(url);
  if (strict.has(parsed.searchParams.get("sslmode") ?? "")) parsed.searchParams.set("sslmode", "verify-full");
  return parsed.href;
}

/** `host:port`, or the folder of the server's socket. */
export function pgEndpoint(url: string): string {
  const { hostname, port, searchParams } = new URL(url);
  const host = searchParams.get("host") ?? decodeURIComponent(hostname || "localhost");
  return host.startsWith("/") ? host : `${host}:${searchParams.get("port") ?? (port || "5432")}`;
}

/** What messages call a name in the table, without user and password; the same text for two ways to one place. */
export function pgLocation({ url, table }: PgSettings, name: string): string {
  return `postgres://${pgEndpoint(url)}${decodeURIComponent(new URL(url).pathname)}#${table}/${name}`;
}

/** The table as SQL names it: whatever it holds, it is a name and nothing else. */
export function quotedTable(table: string): string {
  return table
    .split(".")
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join(".");
}
