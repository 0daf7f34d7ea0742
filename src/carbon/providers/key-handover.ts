/** How an editor hands keys of providers to a runner in a terminal: an address in the environment, one answer. Pure. */

import * as z from "zod/mini";

export interface KeyAddress {
  /** Path of a Unix socket, or name of a pipe on Windows. */
  socket: string;
  /** Said first: others who find the socket get nothing. */
  token: string;
}

const VARIABLE = "FAIRWATT_KEYS";

export const keyAddress = {
  write: ({ socket, token }: KeyAddress): Record<string, string> => ({ [VARIABLE]: `${token}@${socket}` }),
  /** Reads it and takes it out. */
  take(env: NodeJS.ProcessEnv): KeyAddress | undefined {
    const [, token, socket] = /^([0-9a-f]{32,})@(.+)$/.exec(env[VARIABLE] ?? "") ?? [];
    delete env[VARIABLE];
    return token && socket ? { token, socket } : undefined;
  },
};

const keys = z.record(z.string(), z.string());

/** Names of environment variables with their keys; empty for what is no answer. */
export function parseKeys(answer: string): Map<string, string> {
  try {
    const { data } = keys.safeParse(JSON.parse(answer));
    return new Map(Object.entries(data ?? {}));
  } catch {
    return new Map();
  }
}
