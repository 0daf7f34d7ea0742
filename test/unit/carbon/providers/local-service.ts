import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { AskOptions } from "../../../../src/carbon/providers/ask.node.ts";
import type { GridConfig } from "../../../../src/config/carbon-settings.ts";

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  /** Sent as JSON; a string as it is. */
  body?: unknown;
  /** No answer at all. */
  hang?: boolean;
}

/** A service on this machine that answers as `answer` says and writes down what it was asked. */
export async function localService(answer: (path: string, request: IncomingMessage) => Answer | undefined) {
  const asked: { path: string; headers: IncomingMessage["headers"] }[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const url = decodeURIComponent(request.url ?? "");
    asked.push({ path: url, headers: request.headers });
    const { status = 200, headers = {}, body, hang } = answer(url, request) ?? { status: 404, body: {} };
    if (hang) return;
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const folder = mkdtempSync(path.join(tmpdir(), "fairwatt-grid-"));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    asked,
    url,
    folder,
    options: (grid: GridConfig, now: number, env: NodeJS.ProcessEnv = {}): AskOptions => ({
      grid,
      folder,
      now,
      env: { FAIRWATT_GRID_URL: url, ...env },
      cacheFolder: path.join(folder, "cache"),
      timeoutMs: 2000,
    }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
