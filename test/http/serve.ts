import { createServer, type RequestListener } from "node:http";
import type { AddressInfo, Server, Socket } from "node:net";
import { createServer as createSocketServer } from "node:net";
import { onTestFinished } from "vitest";

/** Serves HTTP on a free port of loopback until the test ends; returns the origin. */
export async function serve(listener: RequestListener): Promise<string> {
  return `http://${await listening(createServer(listener))}`;
}

/** Serves raw connections on a free port of loopback until the test ends; returns the origin. */
export async function serveSockets(listener: (socket: Socket) => void): Promise<string> {
  return `http://${await listening(createSocketServer(listener))}`;
}

/** The origin of a loopback port on which nobody listens. */
export async function deadOrigin(): Promise<string> {
  const server = createSocketServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

async function listening(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    // A test that cuts connections expects them to break.
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
