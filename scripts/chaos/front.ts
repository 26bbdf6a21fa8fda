import type { Emulator } from "../../src/emulator/index.ts";
import type { EmulatorAnswer, EmulatorRequest, Handle } from "../../src/emulator/request.ts";
import { serve } from "../../src/emulator/serve.ts";

/**
 * When the caller dies: `before` the cloud does the call, which then is never done; `after` it was done, its answer unread; or
 * with the call under way, so that it is done `late`, while the next run is at work.
 */
export type Moment = "before" | "after" | "late";

/** A blow at the n-th call, counted from 1. `kill` resolves when the caller is gone. */
export type Blow = { readonly call: number; readonly moment: Moment; readonly kill: () => Promise<unknown> };

/** A blow that fell. */
export type Fallen = {
  readonly action: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Lets the cloud do what was held back, and says when. */
  readonly finish: () => Promise<number>;
};

/** A cloud on a port of its own, which one may be put in the place of another, and which kills whoever calls it. */
export type Front = {
  readonly url: string;
  /** Puts a cloud behind the port and counts its calls anew. */
  mount(emulator: Emulator, blow?: Blow): void;
  /** The blow that fell since the last mount, if it did. */
  fallen(): Fallen | undefined;
  /** How many calls came since the last mount. */
  count(): number;
  close(): Promise<void>;
};

const cut: EmulatorAnswer = { cut: true };

/** Serves on a free port. Only calls to the cloud count. */
export async function openFront(): Promise<Front> {
  let cloud: Emulator | undefined;
  let armed: Blow | undefined;
  let fallen: Fallen | undefined;
  let calls = 0;

  const strike = async (
    behind: Emulator,
    { moment, kill }: Blow,
    request: EmulatorRequest,
  ): Promise<EmulatorAnswer> => {
    let finished: Promise<number> | undefined;
    const perform = async (): Promise<number> => {
      await behind.handle(request);
      return Date.now();
    };
    if (moment === "after") await perform();
    const at = Date.now();
    const finish = (): Promise<number> => {
      finished ??= moment === "late" ? perform() : Promise.resolve(at);
      return finished;
    };
    // Before the caller is gone: whoever waits for its end asks for this then.
    fallen = { action: actionOf(request), at, finish };
    await kill();
    return cut;
  };

  const handle: Handle = async (request) => {
    if (cloud === undefined) return cut;
    calls += 1;
    const blow = armed;
    if (blow === undefined || calls !== blow.call) return cloud.handle(request);
    armed = undefined;
    return strike(cloud, blow, request);
  };

  const served = await serve({ handle });
  return {
    url: served.url,
    mount: (emulator, blow) => {
      cloud = emulator;
      armed = blow;
      fallen = undefined;
      calls = 0;
    },
    fallen: () => fallen,
    count: () => calls,
    close: served.close,
  };
}

function actionOf({ headers }: EmulatorRequest): string {
  const found = Object.entries(headers).find(([name]) => name.toLowerCase() === "x-acs-action");
  return found?.[1] ?? "a call";
}

/** True for the name of a call that changes something. */
export function isMutating(action: string): boolean {
  return !/^(List|Describe|Query)/.test(action);
}
