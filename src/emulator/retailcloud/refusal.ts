/**
 * A request that RetailCloud turns down. With an HTTP status of 400 or more the gateway refuses it, `code` being a word;
 * with 200 the service itself does, inside the action's envelope, `code` being a number.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly code: string | number;

  constructor(status: number, code: string | number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The gateway's refusal. */
export function gatewayRefusal(status: number, code: string, message: string): Refusal {
  return new Refusal(status, code, message);
}

/** Nothing has this id. Code 404 is our choice: the manual has no list of codes. */
export function notFound(what: string, id: string): Refusal {
  return new Refusal(200, 404, `${what} ${id} does not exist`);
}

/** The call collides with something that exists. Code 409 is our choice. */
export function conflict(message: string): Refusal {
  return new Refusal(200, 409, message);
}

/** The call breaks a rule of the manual that is about several parameters or objects. Code 400 is our choice. */
export function ruleBroken(message: string): Refusal {
  return new Refusal(200, 400, message);
}
