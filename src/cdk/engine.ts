import { DataResource, type LocalExecProvisioner, type TerraformResource, type TerraformStack } from "cdktf";
import type { PlainStack } from "./plain-stack.ts";
import type { Engine } from "./stack-input.ts";

/** A Terraform resource that does nothing but run commands and remember texts. */
type ResourceConfig = {
  readonly id: string;
  /** Another value replaces the resource. */
  readonly triggers: Readonly<Record<string, string>>;
  readonly command: string;
  readonly when: "create" | "destroy";
  /** Terraform addresses. */
  readonly dependsOn: readonly string[];
};

/** How resources of one engine are made. */
export type OpenEngine = {
  /** The type of its resources. */
  readonly type: string;
  /** Adds what its resources need to a stack. */
  readonly prepare: (stack: TerraformStack) => void;
  readonly add: (stack: PlainStack, config: ResourceConfig) => void;
};

/** Opens an engine; the null provider's bindings are loaded only where they are used. */
export async function openEngine(engine: Engine): Promise<OpenEngine> {
  if (engine === "data") {
    const add = (stack: PlainStack, config: ResourceConfig): void => {
      const { id, triggers } = config;
      const parts = { triggersReplace: { ...triggers }, provisioners: [localExec(config)] };
      finish(stack, new DataResource(stack, id, parts), config);
    };
    return { type: DataResource.tfResourceType, prepare: () => {}, add };
  }
  const { Resource } = await import("@cdktf/provider-null/lib/resource/index.js");
  const { NullProvider } = await import("@cdktf/provider-null/lib/provider/index.js");
  return {
    type: Resource.tfResourceType,
    prepare: (stack) => void new NullProvider(stack, "null"),
    add: (stack, config) => {
      const { id, triggers } = config;
      const parts = { triggers: { ...triggers }, provisioners: [localExec(config)] };
      finish(stack, new Resource(stack, id, parts), config);
    },
  };
}

/** cdktf's own names are not kept apart where Terraform flattens them: ours are. */
function finish(stack: PlainStack, resource: TerraformResource, { id, dependsOn }: ResourceConfig): void {
  resource.overrideLogicalId(id);
  if (dependsOn.length > 0) resource.dependsOn = [...dependsOn];
  stack.keep(resource);
}

/** A command that runs in the folder of the stack, wherever Terraform itself was started. */
function localExec({ command, when }: ResourceConfig): LocalExecProvisioner {
  return { type: "local-exec", command, workingDir: "${path.module}", ...(when === "destroy" ? { when } : {}) };
}
