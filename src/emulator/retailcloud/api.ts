import type { Api, Call, Circumstances, Trouble, World } from "../api.ts";
import { jsonAnswer } from "../print-json.ts";
import type { Answer, Incoming } from "../request.ts";
import { keyIdOf, verify } from "./acs3.ts";
import type { ActionSpec } from "./action.ts";
import { actions } from "./actions.ts";
import { failure, success } from "./envelope.ts";
import type { FlatParameters } from "./parameters.ts";
import { gatewayRefusal, Refusal } from "./refusal.ts";

const VERSION = "2018-03-13";
const SERVICE = "retailcloud";
const PAGE_LIMIT = 100;

/** The code and message with which RetailCloud says "no permission". */
const NO_PERMISSION = { code: 3, message: "权限错误" };

/** No credential for a rollout, as in a freeze; a credential that is still under review. */
const NOT_ADMITTED: ReadonlySet<string> = new Set(["102000", "102001"]);

/** Nothing to cut from an answer that is no list. */
const WHOLE = { limit: 1, vanish: false };

const TROUBLES = {
  throttle: { status: 400, code: "Throttling.User", message: "request was denied due to user flow control" },
  http500: { status: 500, code: "InternalError", message: "the request failed for an unknown reason" },
  http503: { status: 503, code: "ServiceUnavailable", message: "the request failed because the server is busy" },
};

/** RetailCloud's RPC: everything at `/`, the action and its version in headers, parameters in the query or a form. */
export function createRetailCloud(world: World): Api {
  const nonces = new Map<string, number>();
  return {
    recognise: (request) => (request.path === "/" ? recognise(world, nonces, request) : undefined),
    forget: () => nonces.clear(),
  };
}

function recognise(world: World, nonces: Map<string, number>, request: Incoming): Call {
  const name = request.headers.get("x-acs-action") ?? "";
  const spec: ActionSpec | undefined = actions.get(name)?.spec;
  const parameters = new Map([...request.query, ...request.form]);
  const requestId = world.nextRequestId();
  const refusing = <T>(work: () => T) => orRefusal(world, request, spec, requestId, work);
  return {
    service: SERVICE,
    action: name,
    mutating: spec?.mutating ?? false,
    list: spec?.list !== undefined,
    startsPods: spec?.startsPods ?? false,
    startsWork: spec?.startsWork ?? false,
    params: Object.fromEntries(parameters),
    admit: () => refusing(() => ({ account: verify(request, { keys: world.keys, real: world.real, nonces }) })),
    perform: (account, circumstances) =>
      refusing(() => perform(world, request, { name, parameters, requestId, account }, circumstances)),
    trouble: (kind, code) =>
      refusing(() => {
        const notAdmitted = kind === "refused" && spec?.admission === true && NOT_ADMITTED.has(code ?? "");
        if (!notAdmitted) return tell(kind, code);
        const envelope = { spec, wire: world.wire, requestId };
        return jsonAnswer(200, success(envelope, { Admitted: false, BusinessCode: code }, parameters, WHOLE));
      }),
  };
}

/** Does work that may throw a Refusal, and turns that into the answer that the API gives. */
function orRefusal<T>(
  world: World,
  request: Incoming,
  spec: ActionSpec | undefined,
  requestId: string,
  work: () => T,
): T | Answer {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { status, code, message } = error;
    if (typeof code === "number") {
      const envelope = { spec: spec ?? { parameters: {}, errorField: "ErrMsg" }, wire: world.wire, requestId } as const;
      return jsonAnswer(status, failure(envelope, code, message));
    }
    const HostId = request.headers.get("host") ?? "";
    return jsonAnswer(status, { Code: code, Message: message, RequestId: requestId, HostId });
  }
}

type Asked = {
  readonly name: string;
  readonly parameters: FlatParameters;
  readonly requestId: string;
  readonly account: string;
};

function perform(world: World, request: Incoming, asked: Asked, { lagMs, vanish, fails }: Circumstances): Answer {
  const action = actions.get(asked.name);
  if (!action) throw gatewayRefusal(404, "InvalidAction.NotFound", `the action ${asked.name} does not exist`);
  const version = request.headers.get("x-acs-version") ?? "";
  if (version !== VERSION)
    throw gatewayRefusal(400, "InvalidVersion", `version ${version} is not served; use ${VERSION}`);
  if (request.method !== "GET" && request.method !== "POST") {
    throw gatewayRefusal(405, "UnsupportedHTTPMethod", `the method ${request.method} is not served; use GET or POST`);
  }
  const store = world.storeOf(asked.account);
  const { wire, nextId } = world;
  const { requestId } = asked;
  const now = Math.floor(world.clock.now());
  const view = lagMs > 0 ? store.asOf(now - lagMs) : store;
  const caller = keyIdOf(request);
  const outcome = action.run(asked.parameters, { store, view, now, caller, requestId, wire, fails, nextId });
  const envelope = { spec: action.spec, wire, requestId };
  return jsonAnswer(
    200,
    success(envelope, outcome, asked.parameters, { limit: world.pageLimit ?? PAGE_LIMIT, vanish }),
  );
}

function tell(kind: Trouble, code: string | undefined): never {
  if (kind === "refused") throw new Refusal(200, NO_PERMISSION.code, NO_PERMISSION.message);
  const trouble = TROUBLES[kind];
  throw gatewayRefusal(trouble.status, code ?? trouble.code, trouble.message);
}
