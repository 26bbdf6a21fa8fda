import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Handle } from "./request.ts";

/** Where to listen: port 0 takes a free one; `host` must be a loopback address, 127.0.0.1 by default. */
export type ServeOptions = { readonly port?: number; readonly host?: string };

/** An emulator on a port. `close` ends every connection, idle or not, and frees the port. */
export type Served = { readonly url: string; close(): Promise<void> };

const LOOPBACK = /^(127(\.\d{1,3}){3}|localhost|::1)$/;

/**
 * Serves an emulator over HTTP; resolves once it accepts connections.
 * @throws Error when the host is not a loopback address, since whoever reaches the control routes may use them; or when the
 *   port is taken.
 */
export async function serve(emulator: { readonly handle: Handle }, options: ServeOptions = {}): Promise<Served> {
  const { port = 0, host = "127.0.0.1" } = options;
  if (!LOOPBACK.test(host)) throw new Error(`host ${host} is not a loopback address; use 127.0.0.1`);
  const server = createServer((request, response) => {
    respond(emulator, request, response).catch((error: unknown) => response.destroy(asError(error)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function respond(
  emulator: { readonly handle: Handle },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    headers[name] = Array.isArray(value) ? value.join(",") : (value ?? "");
  const { method = "GET", url = "/" } = request;
  const answer = await emulator.handle({ method, url, headers, body: Buffer.concat(chunks) });
  if ("cut" in answer) {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
