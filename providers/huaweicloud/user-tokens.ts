import { fault } from "../../src/core/errors.ts";
import type { ProviderWorld } from "../../src/core/provider.ts";
import { isFields, type Value } from "../../src/core/values.ts";
import { callError } from "../../src/http/call-error.ts";
import { callWithRetry } from "../../src/http/retry.ts";
import { exchange, type Received } from "./exchange.ts";
import { defineOperation } from "./operation.ts";
import { type Fetched, type Renewal, renewal } from "./renewal.ts";
import { outgoing } from "./request.ts";
import type { Settings } from "./settings.ts";

/** Nothing is changed by it: a lost answer is simply asked for again. */
const createToken = defineOperation({
  name: "KeystoneCreateUserTokenByPassword",
  service: "iam",
  method: "POST",
  path: "/v3/auth/tokens",
  mutating: false,
  query: ["nocatalog"],
  answers: true,
});

/** An IAM user, as the settings name one. */
type User = NonNullable<Settings["user"]>;

/** Where an answer does not say how long its token lasts. */
const usualLifeMs = 24 * 3_600_000;

/** Tokens of an IAM user. One is used until nine tenths of its life are over; it lasts 24 hours. */
export function userTokens(settings: Settings, user: User, world: ProviderWorld): Renewal<string> {
  return renewal(() => requestToken(settings, user, world), world.clock);
}

async function requestToken(
  settings: Settings,
  { name, password, domain }: User,
  world: ProviderWorld,
): Promise<Fetched<string>> {
  const identity = { methods: ["password"], password: { user: { name, password, domain: { name: domain } } } };
  const body = { auth: { identity, scope: { project: { id: settings.projectId } } } };
  const request = outgoing(settings, createToken, { nocatalog: "true" }, body);
  const began = world.clock.now();
  const received = await callWithRetry(() => exchange(createToken, request, request.signable.headers, world), world);
  const text = received.headers.get("x-subject-token");
  if (text === null || text === "") throw noToken(request.signable.host);
  return { value: text, until: began + lifeOf(received) * 0.9 };
}

/** By the cloud's own dates, so that this machine's clock need not agree with them. */
function lifeOf({ body: { token } }: Received): number {
  if (!isFields(token)) return usualLifeMs;
  const life = dateOf(token["expires_at"]) - dateOf(token["issued_at"]);
  return Number.isNaN(life) ? usualLifeMs : life;
}

function dateOf(value: Value | undefined): number {
  return typeof value === "string" ? Date.parse(value) : Number.NaN;
}

function noToken(endpoint: string) {
  const message = `${createToken.name}: ${endpoint} answered without a token`;
  const cloud = { action: createToken.name };
  return callError("permanent", fault("E_BAD_ANSWER", message, { help: "check `endpoints.iam` in cairn.yaml", cloud }));
}
