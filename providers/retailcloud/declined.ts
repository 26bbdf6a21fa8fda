import { CairnError } from "../../src/core/errors.ts";

/**
 * Makes a call that the cloud may decline because what it should bring about is so already; `isSo` looks. Every other fault
 * is thrown, and so is the refusal itself where the look does not prove it needless.
 */
export async function callUnless(call: () => Promise<unknown>, isSo: () => Promise<boolean>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!isDeclined(error) || !(await proves(isSo))) throw error;
  }
}

/** True for the cloud's refusal of what was asked for: not for want of rights, and not because it is unwell. */
export function isDeclined(error: unknown): boolean {
  return error instanceof CairnError && error.code === "E_CLOUD";
}

/** A look that fails proves nothing, and the refusal tells more than its fault. */
async function proves(isSo: () => Promise<boolean>): Promise<boolean> {
  try {
    return await isSo();
  } catch {
    return false;
  }
}
