/** The served model that `fairwatt bench --url` measures: whether it answers, and which process it is. */

import * as fs from "node:fs";
import { processStart } from "../energy/process-identity.node.ts";
import { isHere, listeningProcess } from "../tradeoff/bench/listening-process.node.ts";
import { Requests } from "../tradeoff/bench/load.node.ts";
import type { LoadPlan } from "../tradeoff/bench/load.ts";
import { type BenchOptions, pidOf, shownUrl } from "./bench-options.ts";

export interface Server {
  /** The process whose energy is the model's; absent where the whole machine counts, or another one. */
  measured?: number;
  /** Why energy cannot be measured from here. */
  energyElsewhere?: string;
}

/** Asks once, before anything is measured. Throws a RangeError that says what is wrong and what to do. */
export async function lookAtServer(plan: LoadPlan, options: BenchOptions): Promise<Server> {
  const body = plan.bodyFile === undefined ? undefined : fs.readFileSync(plan.bodyFile);
  const requests = new Requests(plan, body);
  const { ok, failure } = await requests.send();
  requests.close();
  const shown = shownUrl(plan.url);
  if (!ok)
    throw new RangeError(
      `${shown} did not answer a ${plan.method} as it should: ${failure}. Nothing was measured; start the server and wait until it is ready, or check --method, --header and --body`,
    );
  if (options.machine) return {};
  if (options.pid !== undefined) {
    const pid = pidOf(options.pid);
    if (process.platform === "linux" && processStart(pid) === undefined)
      throw new RangeError(`there is no process ${pid}`);
    return { measured: pid };
  }
  const url = new URL(plan.url);
  if (!isHere(url.hostname))
    return {
      energyElsewhere: `energy was not measured: ${url.hostname} is another machine; call fairwatt bench there`,
    };
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  const pid = listeningProcess(port);
  if (pid === undefined)
    throw new RangeError(
      `the process that listens on port ${port} cannot be seen (another user's, a container's, or no Linux): name it with --pid, or count the whole machine with --machine`,
    );
  return { measured: pid };
}
