type Body = Readonly<Record<string, unknown>>;

/** A request that Huawei Cloud turns down: the HTTP status, and the body for a request id. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly bodyFor: (requestId: string) => Body;

  constructor(status: number, message: string, bodyFor: (requestId: string) => Body) {
    super(message);
    this.status = status;
    this.bodyFor = bodyFor;
  }
}

/** The API gateway in front of every service refuses. */
export function gatewayRefusal(status: number, error_code: string, error_msg: string): Refusal {
  return new Refusal(status, error_msg, (request_id) => ({ error_msg, error_code, request_id }));
}

/** APIG's own refusal, with a code of either family (`APIC.` or `APIG.`). */
export function apigRefusal(status: number, error_code: string, error_msg: string): Refusal {
  return new Refusal(status, error_msg, () => ({ error_code, error_msg }));
}

/** CCE's refusal as the add-on pages print it. */
export function plainRefusal(status: number, code: string, message: string): Refusal {
  return new Refusal(status, message, () => ({ code, message }));
}

/** CCE's refusal as its page of error codes prints it. */
export function codedRefusal(status: number, errorCode: string, errorMessage: string): Refusal {
  return new Refusal(status, errorMessage, () => ({ errorMessage, errorCode }));
}

/** CCE's refusal as the add-on manager hands it out, wrapped in `error`. */
export function wrappedRefusal(status: number, code: string, message: string): Refusal {
  return new Refusal(status, message, () => ({ error: { message, code } }));
}

/** CCE's refusal of a request that does not fit, as live clusters answer it: a Kubernetes Status with three codes. */
export function statusRefusal(message: string): Refusal {
  return new Refusal(400, message, () => ({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    code: 400,
    errorCode: "CCE.03400001",
    errorMessage: "Invalid request.",
    error: { message, code: "SVCSTG.CCE-ADDONMGR.4000002" },
    message,
    reason: "BadRequest",
  }));
}

/** IAM's refusal. */
export function iamRefusal(status: number, title: string, message: string): Refusal {
  return new Refusal(status, message, () => ({ error: { code: status, message, title } }));
}

/** The refusal of the service for enterprise projects. */
export function epsRefusal(status: number, error_code: string, error_msg: string): Refusal {
  return new Refusal(status, error_msg, () => ({ error: { error_code, error_msg } }));
}
