/** The threshold explorer, as far as it is loaded when it is asked for: what its command does, and its panel. */

import * as vscode from "vscode";
import {
  type Explored,
  type ExploredRoles,
  exploredRoles,
  pageState,
} from "../../../webview/explorer/protocol.ts";
import { ExplorerWorker } from "../../fairness/thresholds/worker-client.node.ts";
import { askColumns } from "./ask-columns.ts";
import { EXPLORER_VIEW_TYPE, type ExplorerCommands, type ExplorerRegistration } from "./commands.ts";
import { ModelAccess } from "./model-access.ts";
import { ExplorerPanel } from "./panel.ts";
import { explorerStrings } from "./strings.ts";

const TABLES = ["csv", "tsv", "txt", "parquet", "pq", "arrow", "feather", "jsonl", "ndjson"];

/** A table, and its roles as far as they are known. */
interface Target {
  file: string;
  roles: Partial<ExploredRoles>;
}

export function createExplorer(
  { extensionUri, workspaceState }: vscode.ExtensionContext,
  { cli, log, launcher }: ExplorerRegistration,
): ExplorerCommands {
  const workerFile = vscode.Uri.joinPath(extensionUri, "dist", "cli", "explorer.worker.mjs").fsPath;
  const strings = explorerStrings(vscode.l10n.t);
  const models = new ModelAccess(workspaceState, launcher, log);
  let open: ExplorerPanel | undefined;

  const choose = async ({ file, roles }: Target): Promise<Explored | undefined> => {
    try {
      const chosen = await askColumns(cli, file, roles);
      return chosen && { file, roles: chosen };
    } catch (cause) {
      log.error({
        happened: vscode.l10n.t("The columns of {0} could not be read.", file),
        next: cause instanceof Error ? cause.message : vscode.l10n.t("The log says why."),
        cause,
      });
      return undefined;
    }
  };
  const own = (panel: vscode.WebviewPanel, explored: Explored): void => {
    panel.iconPath = vscode.Uri.joinPath(extensionUri, "media", "icon.png");
    const explorer = new ExplorerPanel(
      panel,
      {
        extensionUri,
        strings,
        log: log.channel,
        startWorker: () => new ExplorerWorker(workerFile),
        chooseColumns: choose,
        models,
      },
      explored,
    );
    open = explorer;
    panel.onDidDispose(() => {
      if (open === explorer) open = undefined;
    });
  };

  return {
    async start(argument) {
      const target = targetOf(argument) ?? (await chooseTable());
      if (!target) return;
      const isWhole = target.roles.score !== undefined && target.roles.label !== undefined;
      const explored = isWhole ? (target as Explored) : await choose(target);
      if (!explored) return;
      if (open) {
        open.panel.reveal();
        open.explore(explored);
        return;
      }
      const title = vscode.l10n.t("Thresholds");
      own(vscode.window.createWebviewPanel(EXPLORER_VIEW_TYPE, title, vscode.ViewColumn.Active), explored);
    },
    restore(panel, state) {
      const explored = pageState.safeParse(state).data?.explored;
      if (explored) own(panel, explored);
      else panel.dispose();
    },
    dispose: () => open?.panel.dispose(),
  };
}

/** Undefined where the argument names no table. */
function targetOf(argument: unknown): Target | undefined {
  const { file, roles, scheme, fsPath } = (argument ?? {}) as Partial<vscode.Uri> & {
    file?: unknown;
    roles?: Record<string, unknown>;
  };
  if (scheme === "file" && fsPath !== undefined) return { file: fsPath, roles: {} };
  if (typeof file !== "string") return undefined;
  const { data } = exploredRoles.safeParse(roles);
  if (!data) return { file, roles: {} };
  // The audit page's own word for it.
  return { file, roles: roles?.leaveOutIncomplete === true ? { ...data, incomplete: "leave-out" } : data };
}

async function chooseTable(): Promise<Target | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: vscode.l10n.t("A table with outcomes, scores and groups"),
    filters: { [vscode.l10n.t("Tables")]: TABLES },
  });
  return picked?.[0] && { file: picked[0].fsPath, roles: {} };
}
