/**
 * Keys of sources of hourly figures, in the editor's secret storage. They reach programs that Fairwatt starts by their
 * environment; a terminal's is kept on disk with the window's layout, so its runner fetches them once over a local socket.
 */

import { randomBytes, timingSafeEqual } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { PROVIDERS, providerNamed } from "../../carbon/providers/index.ts";
import { keyAddress } from "../../carbon/providers/key-handover.ts";
import type { GridProvider } from "../../carbon/providers/provider.ts";
import { loadProject } from "../../config/load.node.ts";
import { findProjectFolder } from "../../energy/run-folder.node.ts";

/** A runner that has not come by then will not come. */
const OFFERED_MS = 60_000;

const idOf = (name: string) => `fairwatt.grid.${name}`;

/** Asks for the keys of a source and keeps them. */
export async function setGridKey(secrets: vscode.SecretStorage): Promise<void> {
  const provider = await pickProvider(vscode.l10n.t("A key of which source?"), withKeys());
  if (!provider) return;
  for (const name of provider.secrets) {
    const value = await vscode.window.showInputBox({
      title: provider.label,
      prompt: vscode.l10n.t("{0}, kept in this editor's secret storage", name),
      ...(provider.getKey && { placeHolder: provider.getKey }),
      password: true,
      ignoreFocusOut: true,
    });
    if (!value?.trim()) return;
    await secrets.store(idOf(name), value.trim());
  }
  vscode.window.setStatusBarMessage(vscode.l10n.t("Fairwatt: the key of {0} is kept", provider.label), 8_000);
}

/** Takes the keys of a source out of the storage. */
export async function forgetGridKey(secrets: vscode.SecretStorage): Promise<void> {
  const kept = await Promise.all(
    withKeys().map(async (provider) => {
      const values = await Promise.all(provider.secrets.map((name) => secrets.get(idOf(name))));
      return values.some(Boolean) ? [provider] : [];
    }),
  );
  if (kept.flat().length === 0) {
    vscode.window.setStatusBarMessage(vscode.l10n.t("Fairwatt: no key is kept"), 8_000);
    return;
  }
  const provider = await pickProvider(vscode.l10n.t("Forget the key of which source?"), kept.flat());
  if (!provider) return;
  for (const name of provider.secrets) await secrets.delete(idOf(name));
  vscode.window.setStatusBarMessage(
    vscode.l10n.t("Fairwatt: the key of {0} is forgotten", provider.label),
    8_000,
  );
}

/** Those with the same keys count once. */
function withKeys(): GridProvider[] {
  const seen = new Set<string>();
  return PROVIDERS.filter(({ secrets }) => {
    const key = secrets.join();
    return key !== "" && !seen.has(key) && seen.add(key);
  });
}

async function pickProvider(
  title: string,
  providers: readonly GridProvider[],
): Promise<GridProvider | undefined> {
  const items = providers.map((provider) => ({
    label: provider.label,
    description: provider.secrets.join(", "),
    provider,
  }));
  return (await vscode.window.showQuickPick(items, { title }))?.provider;
}

/**
 * Of the source that the project of `folder` names, the keys that are kept, by the names of their environment variables. None
 * in Restricted Mode, where the project's files decide nothing.
 */
export async function keysFor(
  folder: string,
  secrets: vscode.SecretStorage,
): Promise<Record<string, string>> {
  if (!vscode.workspace.isTrusted) return {};
  const { grid } = loadProject(findProjectFolder(folder)).config;
  if (!grid) return {};
  const names = providerNamed(grid.provider).secrets;
  const values = await Promise.all(names.map(async (name) => [name, await secrets.get(idOf(name))] as const));
  return Object.fromEntries(values.filter((pair): pair is readonly [string, string] => Boolean(pair[1])));
}

/** Environment of one runner that may fetch these keys, once. Empty where there are none. */
export async function offerKeys(keys: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  if (Object.keys(keys).length === 0) return {};
  const folder = process.platform === "win32" ? undefined : mkdtempSync(path.join(os.tmpdir(), "fairwatt-"));
  const socket = folder
    ? path.join(folder, "keys")
    : `\\\\.\\pipe\\fairwatt-${randomBytes(16).toString("hex")}`;
  const token = randomBytes(16).toString("hex");
  const server = createServer((connection) => answer(connection, token, JSON.stringify(keys), close));
  const timer = setTimeout(() => close(), OFFERED_MS);
  function close(): void {
    clearTimeout(timer);
    server.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  }
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, resolve);
  });
  return keyAddress.write({ socket, token });
}

/** The keys for who knows the token, nothing for others; then nobody is answered any more. */
function answer(connection: Socket, token: string, keys: string, close: () => void): void {
  const expected = Buffer.from(`${token}\n`);
  let said = Buffer.alloc(0);
  connection.on("error", () => connection.destroy());
  connection.on("data", (piece) => {
    said = Buffer.concat([said, piece]);
    if (said.length < expected.length) return;
    if (said.length !== expected.length || !timingSafeEqual(said, expected)) {
      connection.destroy();
      return;
    }
    connection.end(keys);
    close();
  });
}
