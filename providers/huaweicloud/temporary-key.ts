import { recordOf } from "../../src/core/answer-fields.ts";
import { fault } from "../../src/core/errors.ts";
import type { Fields } from "../../src/core/values.ts";
import { callError } from "../../src/http/call-error.ts";
import { textOf } from "./decode.ts";
import type { AccessKey } from "./signer.ts";

/** The temporary key in an answer, and when it ends (NaN where that is not told); `E_BAD_ANSWER` where there is none. */
export function temporaryKey(answer: Fields, action: string, endpoint: string): { key: AccessKey; expiresAt: number } {
  const shown = recordOf(answer, "credential");
  const [accessKey, secretKey] = [textOf(shown, "access"), textOf(shown, "secret")];
  const securityToken = textOf(shown, "securitytoken");
  if (accessKey === undefined || secretKey === undefined || securityToken === undefined) {
    const message = `${action}: ${endpoint} answered without a temporary key`;
    throw callError("permanent", fault("E_BAD_ANSWER", message, { cloud: { action } }));
  }
  return { key: { accessKey, secretKey, securityToken }, expiresAt: Date.parse(textOf(shown, "expires_at") ?? "") };
}
