import type { Clock, Fetch, FetchResponse } from "../../src/core/provider.ts";
import type { Emulator } from "../../src/emulator/index.ts";

/** A mutating call that the cloud turned down, in its words. */
export type Declined = { readonly action: string; readonly said: string };

/** How a run is to die: at its n-th mutating call, before that is done or after, or by a signal at that call. */
export type Death = { readonly how: "before" | "after" | "interrupt"; readonly nth: number };

/** The way to the emulator, for one run. */
export type Network = {
  readonly fetch: Fetch;
  /** The clock of the run; it stands still once the run is dead. */
  readonly clock: Clock;
  /** Mutating calls so far. */
  readonly sent: () => number;
  readonly declined: readonly Declined[];
  /** Resolves when the run has died. */
  readonly died: Promise<void>;
};

type NetworkOptions = {
  readonly emulator: Emulator;
  readonly clock: Clock;
  readonly death?: Death | undefined;
  readonly onInterrupt?: () => void;
  /** Puts the rows of lists in another order. */
  readonly mix?: (<T>(rows: readonly T[]) => readonly T[]) | undefined;
};

const never = new Promise<never>(() => undefined);

/** Opens a way to the emulator that counts what is sent, and ends as told. */
export function openNetwork({ emulator, clock, death, onInterrupt, mix }: NetworkOptions): Network {
  const declined: Declined[] = [];
  let sent = 0;
  let isDead = false;
  let die: () => void = () => undefined;
  const died = new Promise<void>((resolve) => {
    die = resolve;
  });
  const kill = (): Promise<never> => {
    isDead = true;
    die();
    return never;
  };
  const pass: Fetch = async (url, request) => {
    const response = await emulator.fetch(url, request);
    const text = await response.text();
    const action = mutatingAction(url, request);
    const said = action === undefined ? undefined : refusalIn(response.status, text);
    if (action !== undefined && said !== undefined) declined.push({ action, said });
    return isDead ? never : { status: response.status, headers: response.headers, text: async () => mixed(text, mix) };
  };
  const fetch: Fetch = async (url, request) => {
    if (isDead) return never;
    if (mutatingAction(url, request) === undefined) return pass(url, request);
    sent += 1;
    const how = death?.nth === sent ? death.how : undefined;
    if (how === "before") return kill();
    if (how === "interrupt") onInterrupt?.();
    const answer = await pass(url, request);
    return how === "after" ? kill() : answer;
  };
  const now = (): number => clock.now();
  const sleep: Clock["sleep"] = async (ms, signal) => {
    await (isDead ? never : clock.sleep(ms, signal));
    if (isDead) await never;
  };
  return { fetch, clock: { now, sleep }, sent: () => sent, declined, died };
}

/** The action of a call that changes something. */
function mutatingAction(url: string, { method, headers }: Parameters<Fetch>[1]): string | undefined {
  const action = headers["x-acs-action"];
  if (action !== undefined) return /^(List|Describe|Query)/.test(action) ? undefined : action;
  return method === "GET" || url.includes("/v3/auth/") ? undefined : `${method} ${new URL(url).pathname}`;
}

/** RetailCloud refuses by a code in the body, Huawei Cloud by the status. */
function refusalIn(status: FetchResponse["status"], text: string): string | undefined {
  if (status >= 400) return text;
  const { Code: code = 200, ErrMsg: message = text } = isJson(text) ? JSON.parse(text) : {};
  return [0, 200, "0", "200"].includes(code) ? undefined : `${code}: ${message}`;
}

function isJson(text: string): boolean {
  return text.startsWith("{");
}

const rows = new Set(["Data", "Result", "items", "instances"]);

function mixed(text: string, mix: NetworkOptions["mix"]): string {
  if (mix === undefined || !isJson(text)) return text;
  return JSON.stringify(
    JSON.parse(text, (name, value: unknown) => (rows.has(name) && Array.isArray(value) ? mix(value) : value)),
  );
}
