import type { Pool } from "undici";
import type { Fetch } from "../core/provider.ts";

/** Connections to servers, one pool per origin, kept open between calls. */
export type Pools = {
  /**
   * Rejects with undici's errors; a body above the limit with the code `UND_ERR_RES_EXCEEDED_MAX_SIZE`, and that of a success which is
   * not UTF-8 with `ERR_ENCODING_INVALID_ENCODED_DATA`.
   */
  readonly fetch: Fetch;
  /** Lets calls under way finish and closes every connection; call nothing afterwards. Harmless when called twice. */
  close(): Promise<void>;
};

const defaultBodyLimit = 16 * 2 ** 20;

/**
 * HTTP over the network. Redirects are answers like any other; a body of more than `bodyLimit` bytes (16 MiB) is
 * cut off with an error. Opens nothing, and loads no client, before the first call.
 */
export function openPools({ bodyLimit = defaultBodyLimit } = {}): Pools {
  const pools = new Map<string, Promise<Pool>>();
  const poolOf = (origin: string): Promise<Pool> => {
    const pool = pools.get(origin) ?? openPool(origin, bodyLimit);
    pools.set(origin, pool);
    return pool;
  };
  const fetch: Fetch = async (url, { method, headers, body, signal }) => {
    const { origin, pathname, search } = new URL(url);
    const pool = await poolOf(origin);
    const answer = await pool.request({
      path: `${pathname}${search}`,
      method,
      headers: { ...headers },
      body: body ?? null,
      signal: signal ?? null,
    });
    // Read here, because a body left unread would keep its connection.
    const text = textOf(await answer.body.arrayBuffer(), answer.statusCode);
    return {
      status: answer.statusCode,
      headers: { get: (name) => headerText(answer.headers[name.toLowerCase()]) },
      text: async () => text,
    };
  };
  const close = async (): Promise<void> => {
    const opened = [...pools.values()];
    pools.clear();
    await Promise.all(opened.map(async (pool) => (await pool).close()));
  };
  return { fetch, close };
}

async function openPool(origin: string, bodyLimit: number): Promise<Pool> {
  const { Pool: UndiciPool } = await import("undici");
  return new UndiciPool(origin, { maxResponseSize: bodyLimit });
}

/**
 * Bytes that are not UTF-8 are no answer: replaced by marks they could pass for names. Pages of proxies, which only tell of a
 * failure, may come in any encoding.
 */
function textOf(bytes: ArrayBuffer, status: number): string {
  return new TextDecoder("utf-8", { fatal: status < 300 }).decode(bytes);
}

function headerText(value: string | string[] | undefined): string | null {
  return Array.isArray(value) ? value.join(", ") : (value ?? null);
}
