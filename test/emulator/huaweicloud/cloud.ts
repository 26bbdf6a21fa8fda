import { createEmulator, type Emulator, type EmulatorOptions } from "../../../src/emulator/index.ts";
import type { EmulatorRequest } from "../../../src/emulator/request.ts";
import { PROJECT, signedCall, type Wanted } from "./signed-call.ts";

type Json = Readonly<Record<string, unknown>>;

/** What a call was answered. The body is empty where there is none or it is no JSON object. */
export type Told = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly body: Json;
};

type More = Omit<Wanted, "method" | "path" | "body">;

/** An emulator with ways to call it. */
export type Cloud = {
  readonly emulator: Emulator;
  send(request: EmulatorRequest): Promise<Told>;
  /** A signed call: `"GET /api/v3/addons"`; `{project}` is the emulator's project. */
  call(line: string, body?: unknown, more?: More): Promise<Told>;
  /** A call that must succeed: its body. */
  ask(line: string, body?: unknown, more?: More): Promise<Json>;
};

/** Where dedicated gateways live. */
export const GATEWAYS = `/v2/${PROJECT}/apigw/instances`;

/** An emulator with a cloud to play with. Its real clock stands still, so that its own moves only as it is put forward. */
export function cloud(options: EmulatorOptions = {}): Cloud {
  const started = Date.now();
  const emulator = createEmulator({ clock: () => started, ...options });
  const send: Cloud["send"] = async (request) => {
    const answer = await emulator.handle(request);
    if ("cut" in answer) throw new Error("the connection was cut");
    return { ...answer, text: answer.body, body: asJson(answer.body) };
  };
  const call: Cloud["call"] = (line, body, more = {}) => {
    const [method = "", url = ""] = line.split(" ");
    const [path = "", search = ""] = url.replace("{project}", PROJECT).split("?");
    const query = { ...Object.fromEntries(new URLSearchParams(search)), ...more.query };
    return send(signedCall({ ...more, method, path, query, body }));
  };
  return {
    emulator,
    send,
    call,
    ask: async (line, body, more) => {
      const told = await call(line, body, more);
      if (told.status >= 300) throw new Error(`${line}: ${complaint(told)}`);
      return told.body;
    },
  };
}

/** The error that the body tells, in whichever shape: `404 APIC.7302: Instance not found`. */
export function complaint({ status, body }: Told): string {
  const { error, code, errorCode, error_code, message, errorMessage, error_msg } = body as Readonly<
    Record<string, string>
  >;
  const inner: Json = typeof error === "object" ? (error as Json) : {};
  const codes = inner["code"] ?? inner["error_code"] ?? errorCode ?? error_code ?? code;
  const text = inner["message"] ?? inner["error_msg"] ?? errorMessage ?? error_msg ?? message;
  return `${status} ${String(codes)}: ${String(text)}`;
}

/** What stands at a path of members and indexes, e.g. `spec.values.basic` or `items.0`. */
export function at(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), value);
}

function asJson(text: string): Json {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
