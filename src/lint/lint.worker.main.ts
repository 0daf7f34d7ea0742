/** Entry of the linter's worker thread. */

import { parentPort } from "node:worker_threads";
import { createReaders } from "./readers.node.ts";
import type { Request, Response } from "./worker-protocol.ts";
import { createService } from "./worker-service.node.ts";

const port = parentPort;
if (!port) throw new Error("the linter's worker is started by the editor or by fairwatt lint");

const service = createReaders().then(createService);

async function answer({ id, kind, ask }: Request): Promise<Response> {
  try {
    const handler = (await service)[kind] as (ask: unknown) => unknown;
    return { id, answer: await handler(ask) };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

port.on("message", async (request: Request) => port.postMessage(await answer(request)));
