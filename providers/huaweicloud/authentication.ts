import { failure } from "../../src/core/errors.ts";
import type { ProviderWorld } from "../../src/core/provider.ts";
import { agencyKeys } from "./agency-keys.ts";
import type { Renewal } from "./renewal.ts";
import { serverKeys } from "./server-keys.ts";
import type { Settings } from "./settings.ts";
import { type AccessKey, type Signable, sign } from "./signer.ts";
import { userTokens } from "./user-tokens.ts";

/** Proves who sends a request, for one attempt. */
export type Proof = {
  /** All headers that the request is to be sent with. Made at the last moment: dates grow old. */
  readonly headers: (request: Signable) => Readonly<Record<string, string>>;
  /** To be called where the cloud does not accept the proof any more; absent where no other can be had. */
  readonly expire?: () => void;
};

/** Makes the proof for one attempt; asked anew each time, because what it rests on is renewed while a run lasts. */
export type Authentication = () => Promise<Proof>;

const help =
  "set accessKey and secretKey, token, user, or metadata: true under providers.huaweicloud in cairn.yaml, or HUAWEICLOUD_SDK_AK and " +
  "HUAWEICLOUD_SDK_SK (HW_ACCESS_KEY and HW_SECRET_KEY do as well) in the environment";

type Env = Readonly<Record<string, string | undefined>>;

/**
 * How calls are authenticated: by the settings' access key, token, IAM user or server; else by the environment's
 * `HUAWEICLOUD_SDK_AK`, `_SK` and `_SECURITY_TOKEN`, or `HW_ACCESS_KEY`, `HW_SECRET_KEY` and `HW_SECURITY_TOKEN`, or
 * `HW_AUTH_TOKEN`. With an agency these only serve to ask for its temporary keys. Half a key, and none of all, are
 * `E_CREDENTIALS` at once. Makes no call.
 */
export function authentication(settings: Settings, world: ProviderWorld): Authentication {
  const { agency } = settings;
  const own = directly(settings, world);
  return agency === undefined ? own : byKeys(agencyKeys(settings, agency, own, world), world);
}

function directly(settings: Settings, world: ProviderWorld): Authentication {
  const { accessKey, secretKey, securityToken, token, user, metadata } = settings;
  const { env } = world;
  if (user !== undefined) return byToken(userTokens(settings, user, world));
  if (metadata === true) return byKeys(serverKeys(settings, world), world);
  if (token) return byToken(unchanging(token));
  const key = keyOf(accessKey, secretKey, securityToken, "accessKey and secretKey in cairn.yaml") ?? keyIn(env);
  if (key !== undefined) return byKeys(unchanging(key), world);
  const inherited = env["HW_AUTH_TOKEN"];
  if (inherited) return byToken(unchanging(inherited));
  throw failure("E_CREDENTIALS", "no credentials for huaweicloud were found", { help });
}

/** Tells accounts apart as far as their keys, users, agencies and tokens do. Holds secrets. */
export function accountOf({ accessKey, token, user, agency, metadata }: Settings, env: Env): string {
  if (agency !== undefined) return `agency ${agency.domain}/${agency.name}`;
  if (metadata === true) return "server";
  if (user !== undefined) return `user ${user.domain}/${user.name}`;
  const key = accessKey || env["HUAWEICLOUD_SDK_AK"] || env["HW_ACCESS_KEY"];
  return token || !key ? `token ${token || env["HW_AUTH_TOKEN"]}` : `key ${key}`;
}

function keyIn(env: Env): AccessKey | undefined {
  return (
    keyOf(
      env["HUAWEICLOUD_SDK_AK"],
      env["HUAWEICLOUD_SDK_SK"],
      env["HUAWEICLOUD_SDK_SECURITY_TOKEN"],
      "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK",
    ) ?? keyOf(env["HW_ACCESS_KEY"], env["HW_SECRET_KEY"], env["HW_SECURITY_TOKEN"], "HW_ACCESS_KEY and HW_SECRET_KEY")
  );
}

/** A key given in full; undefined where neither half is given. "" counts as not given. */
function keyOf(
  accessKey: string | undefined,
  secretKey: string | undefined,
  securityToken: string | undefined,
  names: string,
): AccessKey | undefined {
  if (!accessKey && !secretKey) return undefined;
  if (!accessKey || !secretKey) throw failure("E_CREDENTIALS", `only one of ${names} is given; give both`, { help });
  return { accessKey, secretKey, ...(securityToken ? { securityToken } : {}) };
}

type Source<T> = { readonly get: Renewal<T>["get"]; readonly expire?: Renewal<T>["expire"] };

function unchanging<T>(value: T): Source<T> {
  return { get: async () => value };
}

function byToken(source: Source<string>): Authentication {
  return by(source, (token) => ({ headers, host }) => ({ ...headers, host, "x-auth-token": token }));
}

function byKeys(source: Source<AccessKey>, { clock }: Pick<ProviderWorld, "clock">): Authentication {
  return by(source, (key) => (request) => sign(request, key, new Date(clock.now())));
}

function by<T>({ get, expire }: Source<T>, headersWith: (value: T) => Proof["headers"]): Authentication {
  return async () => {
    const value = await get();
    return { headers: headersWith(value), ...(expire === undefined ? {} : { expire: () => expire(value) }) };
  };
}
