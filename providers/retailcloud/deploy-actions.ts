import { defineAction, names } from "./action.ts";

/** DeployApp: rolls out an environment's deploy config, with as many instances as the environment is to have. */
export const deployApp = defineAction({
  name: "DeployApp",
  method: "POST",
  mutating: true,
  query: [
    ...names("ArmsFlag ContainerImageList DefaultPacketOfAppGroup DeployPacketId DeployPacketUrl Description EnvId"),
    ...names("InitContainerImageList Name PauseType TotalPartitions UpdateStrategyType"),
  ],
  answers: names("BusinessCode DeployOrderId"),
});

/** ScaleApp: starts or stops instances until there are as many as asked for. */
export const scaleApp = defineAction({
  name: "ScaleApp",
  method: "POST",
  mutating: true,
  query: names("EnvId Replicas TotalPartitions"),
  answers: names("BusinessCode DeployOrderId"),
});

/** ResumeDeploy: a paused order goes on with its next batch. */
export const resumeDeploy = defineAction({
  name: "ResumeDeploy",
  method: "POST",
  mutating: true,
  query: names("DeployOrderId"),
});

/** CloseDeployOrder: ends an unfinished order as failed; what runs by then stays as it is. */
export const closeDeployOrder = defineAction({
  name: "CloseDeployOrder",
  method: "POST",
  mutating: true,
  query: names("DeployOrderId"),
});
