/**
 * Keys of providers that an editor keeps for a runner in its terminal. A terminal's environment is written to disk with the
 * window's layout, so that only an address stands in it: the keys come once over a local socket and stay in this process.
 */

import { connect } from "node:net";
import { type KeyAddress, keyAddress, parseKeys } from "../carbon/providers/key-handover.ts";

const PATIENCE_MS = 5_000;
const MAX_BYTES = 64 * 1024;

/**
 * The keys by the names of their environment variables; none where no editor offers any, or it does not answer. The address
 * goes out of the environment, which the measured command inherits.
 */
export async function keysFromEditor(env: NodeJS.ProcessEnv): Promise<ReadonlyMap<string, string>> {
  const address = keyAddress.take(env);
  return address ? parseKeys(await ask(address).catch(() => "")) : new Map();
}

function ask({ socket, token }: KeyAddress): Promise<string> {
  return new Promise((resolve, reject) => {
    const connection = connect(socket);
    let text = "";
    connection.setTimeout(PATIENCE_MS, () => connection.destroy(new Error("no answer")));
    connection.setEncoding("utf8");
    connection.on("connect", () => connection.write(`${token}\n`));
    connection.on("data", (piece: string) => {
      text += piece;
      if (text.length > MAX_BYTES) connection.destroy(new Error("too much"));
    });
    connection.on("end", () => resolve(text));
    connection.on("error", reject);
  });
}
