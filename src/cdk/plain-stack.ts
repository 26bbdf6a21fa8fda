import { type TerraformResource, TerraformStack } from "cdktf";

type Resources = Record<string, Record<string, unknown>>;

/**
 * A stack that keeps its resources itself, as plain as they are. Whatever stands in cdktf's tree is searched for tokens and
 * for references to other stacks, key by key and several times over, which would take half of a synthesis and find nothing:
 * a resource of cairn's holds texts alone.
 */
export class PlainStack extends TerraformStack {
  readonly #resources: TerraformResource[] = [];

  /** Takes a resource of this stack out of the tree. It must hold no token, and nothing may ask the tree for it. */
  keep(resource: TerraformResource): void {
    this.node.tryRemoveChild(resource.node.id);
    this.#resources.push(resource);
  }

  /** Looks for references to other stacks: there are none. */
  override prepareStack(): void {}

  override toTerraform(): { resource?: Resources } {
    const whole: { resource?: Resources } = super.toTerraform();
    if (this.#resources.length === 0) return whole;
    const resources: Resources = { ...whole.resource };
    for (const resource of this.#resources) {
      const fragment: { resource: Resources } = resource.toTerraform();
      for (const [type, named] of Object.entries(fragment.resource)) {
        resources[type] ??= {};
        Object.assign(resources[type], named);
      }
    }
    return { ...whole, resource: resources };
  }
}
