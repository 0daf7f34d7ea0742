/** NVIDIA NIM: the container picks a profile for the GPU unless one is pinned, so nothing is said of a free choice. */

import { imageName } from "../launch.ts";
import { factOfLaunch, type ServingSystem } from "./system.ts";

export const nim: ServingSystem = {
  name: "nim",
  title: "NVIDIA NIM",
  servesLanguageModels: false,
  quantizationKeys: [],
  dtypeKeys: [],
  fromLaunch(launch) {
    if (launch.image === undefined || !/nvcr\.io\/nim\//.test(imageName(launch.image.name))) return undefined;
    const fact = factOfLaunch({ system: "nim", launch, words: [], modelSwitches: [], variables: /^NIM_/ });
    return { ...fact, model: { id: launch.image.name, range: launch.image.range } };
  },
};
