import { createRequire } from "node:module";

// The package is CommonJS with a default beside named exports; plain require reads it alike in every runner.
const load = createRequire(import.meta.url);
const sdk: typeof import("@alicloud/retailcloud20180313") = load("@alicloud/retailcloud20180313");

/** The key that the SDK signs with. */
export type SdkKey = { readonly id?: string; readonly secret?: string; readonly token?: string };

/** Performs an action with the vendor's SDK: the body of the answer. Rejects with the SDK's error for HTTP 4xx and 5xx. */
export async function callSdk(
  url: string,
  action: string,
  given: Readonly<Record<string, unknown>>,
  { id = "cairn", secret = "cairn-secret", token }: SdkKey = {},
): Promise<unknown> {
  const config = {
    accessKeyId: id,
    accessKeySecret: secret,
    ...(token === undefined ? {} : { securityToken: token }),
    endpoint: new URL(url).host,
    protocol: "http",
  };
  const client: object = Reflect.construct(sdk.default, [config]);
  const request: unknown = Reflect.construct(Reflect.get(sdk, `${action}Request`), [given]);
  const method: unknown = Reflect.get(client, action.charAt(0).toLowerCase() + action.slice(1));
  if (typeof method !== "function") throw new Error(`the SDK has no ${action}`);
  const response: object = await Reflect.apply(method, client, [request]);
  return Reflect.get(response, "body");
}
