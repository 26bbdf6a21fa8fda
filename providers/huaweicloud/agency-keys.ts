import type { ProviderWorld } from "../../src/core/provider.ts";
import { callWithRetry } from "../../src/http/retry.ts";
import { afresh } from "./afresh.ts";
import type { Authentication } from "./authentication.ts";
import { exchange } from "./exchange.ts";
import { defineOperation } from "./operation.ts";
import { type Fetched, type Renewal, renewal } from "./renewal.ts";
import { outgoing } from "./request.ts";
import type { Settings } from "./settings.ts";
import type { AccessKey } from "./signer.ts";
import { temporaryKey } from "./temporary-key.ts";

/** Nothing is changed by it: a lost answer is simply asked for again. */
const createTemporaryKey = defineOperation({
  name: "CreateTemporaryAccessKeyByAgency",
  service: "iam",
  method: "POST",
  path: "/v3.0/OS-CREDENTIAL/securitytokens",
  mutating: false,
  answers: true,
});

/** An agency, as the settings name one. */
type Agency = NonNullable<Settings["agency"]>;

/**
 * Temporary keys of an agency, asked for by `authenticate`. One is used until nine tenths of the life that was asked for are
 * over, so that this machine's clock need not agree with the cloud's.
 */
export function agencyKeys(
  settings: Settings,
  agency: Agency,
  authenticate: Authentication,
  world: ProviderWorld,
): Renewal<AccessKey> {
  const { name, domain, seconds } = agency;
  const role = { agency_name: name, domain_name: domain, duration_seconds: seconds };
  const body = { auth: { identity: { methods: ["assume_role"], assume_role: role } } };
  const request = outgoing(settings, createTemporaryKey, {}, body);
  const ask = async (): Promise<Fetched<AccessKey>> => {
    const began = world.clock.now();
    const attempt = afresh(authenticate, (proof) =>
      exchange(createTemporaryKey, request, proof.headers(request.signable), world),
    );
    const { body: answer } = await callWithRetry(attempt, world);
    const { key } = temporaryKey(answer, createTemporaryKey.name, request.signable.host);
    return { value: key, until: began + seconds * 900 };
  };
  return renewal(ask, world.clock);
}
