import { parse, stringify } from "lossless-json";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../src/emulator/index.ts";
import { signedRequest, type Wanted } from "./signed-request.ts";

/** What a call was answered: the HTTP status and the parsed body, every integer a bigint. */
export type Told = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

/** An emulator with a way to call it. */
export type Cloud = {
  readonly emulator: Emulator;
  call(action: string, params?: Wanted["params"], more?: Omit<Wanted, "action" | "params">): Promise<Told>;
  /** Calls an action that must succeed: its `Result`, its `Data`, or nothing. */
  ask(action: string, params?: Wanted["params"]): Promise<Answered>;
  /** A control route's status and body. */
  control(method: string, route: string, body?: unknown): Promise<Told>;
};

type Row = Readonly<Record<string, unknown>>;
type Answered = { readonly result: Row; readonly rows: readonly Row[]; readonly total: number };

/** An emulator with a cloud to play with. */
export function cloud(options: EmulatorOptions = {}): Cloud {
  const emulator = createEmulator(options);
  const call: Cloud["call"] = async (action, params = {}, more = {}) =>
    told(await emulator.handle(signedRequest({ action, params, ...more })));
  return {
    emulator,
    call,
    ask: async (action, params = {}) => {
      const { status, body } = await call(action, params);
      if (status !== 200 || body["Code"] !== 0n) throw new Error(`${action}: ${status} ${JSON.stringify(body, show)}`);
      return { result: asRow(body["Result"]), rows: asRows(body["Data"]), total: Number(body["TotalCount"] ?? 0) };
    },
    control: async (method, route, body) => {
      const text = body === undefined ? "" : (stringify(body) ?? "");
      return told(await emulator.handle({ method, url: `/_emulator/${route}`, headers: {}, body: text }));
    },
  };
}

/** The error that the body tells, wherever the action puts it. */
export function complaint({ status, body }: Told): string {
  const text = body["ErrMsg"] ?? body["ErrorMsg"] ?? body["ErrMessage"] ?? body["ErrorMessage"] ?? body["Message"];
  return `${status} ${String(body["Code"])}: ${String(text)}`;
}

function told(answer: Awaited<ReturnType<Emulator["handle"]>>): Told {
  if ("cut" in answer) throw new Error("the connection was cut");
  const parseNumber = (digits: string) => (/^-?\d+$/.test(digits) ? BigInt(digits) : Number(digits));
  return { status: answer.status, body: asRow(parse(answer.body, undefined, { parseNumber })) };
}

function asRow(value: unknown): Row {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function asRows(value: unknown): Row[] {
  return Array.isArray(value) ? value.map(asRow) : [];
}

function show(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
