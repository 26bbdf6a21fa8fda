import { CairnError, type Diagnostic, failure, fault } from "../../src/core/errors.ts";
import type { Settings } from "./settings.ts";
import type { Credentials } from "./signer.ts";

/** Gives the key for one attempt; asked anew each time, because temporary keys are renewed while a run lasts. */
export type CredentialSource = () => Promise<Credentials>;

const help =
  "set accessKeyId and accessKeySecret under providers.retailcloud in cairn.yaml, or ALIBABA_CLOUD_ACCESS_KEY_ID and " +
  "ALIBABA_CLOUD_ACCESS_KEY_SECRET in the environment, or prepare what the vendor's own tools read: ~/.aliyun/config.json, " +
  "~/.alibabacloud/credentials, a RAM role of the machine";

/**
 * Where keys come from: the settings, else the environment variables `ALIBABA_CLOUD_ACCESS_KEY_ID`, `_SECRET` and
 * `ALIBABA_CLOUD_SECURITY_TOKEN`, else the vendor's default chain, loaded when first asked. Half a key is `E_CREDENTIALS` at
 * once; a chain that finds none is `E_CREDENTIALS` when asked.
 */
export function credentialSource(
  { accessKeyId, accessKeySecret, securityToken }: Settings,
  env: Readonly<Record<string, string | undefined>>,
): CredentialSource {
  const known =
    fixed(accessKeyId, accessKeySecret, securityToken, "accessKeyId and accessKeySecret in cairn.yaml") ??
    fixed(
      env["ALIBABA_CLOUD_ACCESS_KEY_ID"],
      env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"],
      env["ALIBABA_CLOUD_SECURITY_TOKEN"],
      "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET",
    );
  return known === undefined ? chainSource() : () => Promise.resolve(known);
}

/** Tells accounts apart as far as their keys do: one key is one account. */
export function accountOf({ accessKeyId }: Settings, env: Readonly<Record<string, string | undefined>>): string {
  return accessKeyId || env["ALIBABA_CLOUD_ACCESS_KEY_ID"] || "the vendor's chain";
}

/** A key given in full; undefined where neither half is given. "" counts as not given. */
function fixed(
  id: string | undefined,
  secret: string | undefined,
  token: string | undefined,
  names: string,
): Credentials | undefined {
  if (!id && !secret) return undefined;
  if (!id || !secret) throw failure("E_CREDENTIALS", `only one of ${names} is given; give both`, { help });
  return { accessKeyId: id, accessKeySecret: secret, ...(token ? { securityToken: token } : {}) };
}

/** What the vendor's library gives. */
type Chain = {
  getCredentials(): Promise<{ accessKeyId?: string; accessKeySecret?: string; securityToken?: string }>;
};

/**
 * The vendor's chain. Callers that come at the same time share one question, because a chain that is asked twice while it
 * looks uses a provider that it has not tried yet; a chain that failed is thrown away, because it goes on asking the provider
 * that failed. The library itself renews keys before they run out, and keeps the old one while it cannot.
 */
function chainSource(): CredentialSource {
  let chain: Chain | undefined;
  let asked: Promise<Credentials> | undefined;
  const ask = async (): Promise<Credentials> => {
    try {
      chain ??= await openChain();
      const { accessKeyId, accessKeySecret, securityToken } = await chain.getCredentials();
      if (!accessKeyId || !accessKeySecret) throw new Error("the chain gave no access key");
      return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) };
    } catch (cause) {
      chain = undefined;
      throw new CairnError([noCredentials(cause)]);
    } finally {
      asked = undefined;
    }
  };
  return () => {
    asked ??= ask();
    return asked;
  };
}

async function openChain(): Promise<Chain> {
  const { DefaultCredentialsProvider } = await import("@alicloud/credentials");
  return DefaultCredentialsProvider.builder().build();
}

/** The library puts into some of its messages what it was answered, secrets included. */
function noCredentials(cause: unknown): Diagnostic {
  const reason = (cause instanceof Error ? cause.message : String(cause)).replace(/\{.*\}/s, "{…}");
  return fault("E_CREDENTIALS", `no credentials for retailcloud were found: ${reason}`, { help });
}
