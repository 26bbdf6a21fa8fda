import type { Context, Reply } from "./operation.ts";
import type { Gateway } from "./tables.ts";

/** The answer to what a gateway will do later. The job that the message names is not the one of `job_id`, as documented. */
export function jobReply({ newId, wire }: Context, { instance_id }: Gateway, code: string, work: string): Reply {
  const job = `JOB-${newId()}`;
  const message = `JOB_ASSIGNED_FOR_${code}:The job ${job} has been assigned to the instance ${instance_id} for running ${work}.`;
  return { status: 202, body: { instance_id, message, ...(wire === "sdk" ? { job_id: `JOB-${newId()}` } : {}) } };
}
