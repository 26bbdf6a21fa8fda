import type { Api, Call, Circumstances, World } from "../api.ts";
import { jsonAnswer } from "../print-json.ts";
import { parseJson, UnreadableInput } from "../read-json.ts";
import type { Answer, Incoming } from "../request.ts";
import { admit } from "./admission.ts";
import { flatten } from "./flatten.ts";
import { createIds, type Ids } from "./ids.ts";
import type { Context, Raw, Reply } from "./operation.ts";
import { gatewayRefusal, Refusal } from "./refusal.ts";
import { type Route, route } from "./route.ts";
import { createTemporaryKeys, type TemporaryKeys } from "./temporary-keys.ts";
import { createTokens, type Tokens } from "./tokens.ts";

/** CCE's add-ons, dedicated gateways of APIG, and what of IAM and the enterprise projects a client of these needs. */
export function createHuaweiCloud(world: World): Api {
  const tokens = createTokens(world.clock.now);
  const temporaryKeys = createTemporaryKeys(world.clock.now);
  const ids = createIds(world.nextId);
  return {
    recognise: (request) => {
      const found = route(request.method, request.path);
      return found && callOf(found, request, { world, tokens, temporaryKeys, ids });
    },
    forget: () => {
      tokens.forget();
      temporaryKeys.forget();
    },
  };
}

type House = {
  readonly world: World;
  readonly tokens: Tokens;
  readonly temporaryKeys: TemporaryKeys;
  readonly ids: Ids;
};

function callOf(found: Route, request: Incoming, house: House): Call {
  const { name, operation, service, voice, path } = found;
  const { world, tokens, temporaryKeys } = house;
  const requestId = world.nextRequestId().toLowerCase();
  const raw: Raw = { path, query: Object.fromEntries(request.query), body: bodyOf(request) };
  const refusing = <T>(work: () => T) => orRefusal(requestId, work);
  const {
    mutating = false,
    list = false,
    startsPods = false,
    startsWork = false,
    open = false,
  } = operation?.spec ?? {};
  return {
    ...{ service, action: name, mutating, list, startsPods, startsWork },
    params: flatten(raw),
    admit: () =>
      refusing(() => {
        const errand = { service, voice, open, projectId: path["project_id"] };
        const keys = [...world.keys, ...temporaryKeys.list()];
        return { account: admit(request, errand, { keys, real: world.real, tokens }) };
      }),
    perform: (account, circumstances) =>
      refusing(() => {
        if (!operation) {
          throw gatewayRefusal(404, "APIGW.0101", `The API does not exist: ${request.method} ${request.path}`);
        }
        return answerOf(requestId, operation.run(raw, contextOf(account, circumstances, house)));
      }),
    trouble: (kind, code) =>
      refusing(() => {
        throw voice.trouble(kind, code);
      }),
  };
}

/** The body as JSON. One that is none is no object, which is told only by an operation that wants one. */
function bodyOf({ body }: Incoming): unknown {
  try {
    return parseJson(body.toString("utf8"), "body");
  } catch (error) {
    if (error instanceof UnreadableInput) return undefined;
    throw error;
  }
}

function contextOf(account: string, { lagMs, vanish, fails }: Circumstances, house: House): Context {
  const { world, tokens, temporaryKeys, ids } = house;
  const store = world.storeOf(account);
  const now = Math.floor(world.clock.now());
  return {
    account,
    store,
    view: lagMs > 0 ? store.asOf(now - lagMs) : store,
    now,
    wire: world.wire,
    pageLimit: world.pageLimit,
    fails,
    tokens,
    temporaryKeys,
    shown: (rows, narrowed) => (vanish && !narrowed ? rows.filter((_, index) => index % 2) : rows),
    newId: () => ids.next(store),
  };
}

function orRefusal<T>(requestId: string, work: () => T): T | Answer {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return answerOf(requestId, { status: error.status, body: error.bodyFor(requestId) });
  }
}

function answerOf(requestId: string, { status, body, text = "", headers = {} }: Reply): Answer {
  const answer = body === undefined ? { headers: {}, body: text } : jsonAnswer(status, body);
  return { status, headers: { ...answer.headers, "x-request-id": requestId, ...headers }, body: answer.body };
}
