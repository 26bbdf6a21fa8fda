// One line a kind: what stands here is what Huawei Cloud's provider knows.
export { addonInstance } from "./addon-instance.ts";
export { apigInstance } from "./apig-instance.ts";
