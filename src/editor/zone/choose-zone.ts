/** Where the machine is: asked once, chosen by the person, never looked up from an address. */

import * as path from "node:path";
import * as vscode from "vscode";
import type { Zone } from "../../carbon/zones.ts";
import { changeProjectFile } from "../config/change-project-file.ts";
import type { Launcher } from "../launch/launcher.ts";
import type { Log } from "../log.ts";
import type { RunStore } from "../runs/run-store.ts";
import { withZone } from "./zone-line.ts";

const ASKED = "fairwatt.zoneAsked";

export function registerZone(
  context: vscode.ExtensionContext,
  store: RunStore,
  launcher: Launcher,
  log: Log,
): void {
  const waiting = new Set<string>();
  context.subscriptions.push(
    vscode.commands.registerCommand("fairwatt.chooseZone", () => chooseZone(log)),
    launcher.onDidLaunch((id) => waiting.add(id)),
    store.onDidChange(async ({ run }) => {
      if (!waiting.delete(run.id) || run.grid || context.globalState.get(ASKED)) return;
      await context.globalState.update(ASKED, true);
      const choose = vscode.l10n.t("Choose Zone");
      const answer = await vscode.window.showInformationMessage(
        vscode.l10n.t(
          "Which electricity grid does this machine use? Without it, energy is measured and CO2e is not shown. The answer counts from the next run on.",
        ),
        choose,
        vscode.l10n.t("Later"),
      );
      if (answer === choose) await chooseZone(log);
    }),
  );
}

interface ZoneItem extends vscode.QuickPickItem {
  zone?: Zone;
}

/** Quick pick over all zones, then where to write it: the project, for everyone, or the person's own setting. */
async function chooseZone(log: Log): Promise<void> {
  try {
    const { loadZones } = await import("../../carbon/zones.node.ts");
    const picked = await vscode.window.showQuickPick(zoneItems(loadZones().all), {
      title: vscode.l10n.t("Grid zone of this machine"),
      placeHolder: vscode.l10n.t("Country or region whose grid powers this machine"),
      matchOnDescription: true,
    });
    if (picked?.zone) await keepZone(picked.zone, log);
  } catch (cause) {
    log.error({
      happened: vscode.l10n.t("The zone could not be set: {0}.", String((cause as Error).message)),
      kept: vscode.l10n.t("The settings are as they were."),
      next: vscode.l10n.t('Write zone = "DE" (your country\'s code) into fairwatt.toml by hand.'),
      cause,
    });
  }
}

function zoneItems(zones: readonly Zone[]): ZoneItem[] {
  const titles: Record<Zone["kind"], string> = {
    country: vscode.l10n.t("Countries"),
    subregion: vscode.l10n.t("States, provinces and bidding zones"),
    cloud: vscode.l10n.t("Regions of clouds"),
    aggregate: vscode.l10n.t("Averages of many countries, for when nothing nearer is known"),
  };
  return (["country", "subregion", "cloud", "aggregate"] as const).flatMap((kind) => [
    { label: titles[kind], kind: vscode.QuickPickItemKind.Separator },
    ...zones
      .filter((zone) => zone.kind === kind && !zone.unusable)
      .sort((a, b) => a.name.localeCompare(b.name))
      .map((zone) => ({
        label: zone.name,
        description: zone.code,
        detail: vscode.l10n.t("{0} g/kWh in {1}, {2}", Math.round(zone.gramsPerKwh), zone.year, zone.source),
        zone,
      })),
  ]);
}

async function keepZone(zone: Zone, log: Log): Promise<void> {
  const personal = {
    label: vscode.l10n.t("For me, wherever a project names none"),
    description: "fairwatt.zone",
    folder: undefined as vscode.WorkspaceFolder | undefined,
  };
  const projects = (vscode.workspace.workspaceFolders ?? [])
    .filter((folder) => folder.uri.scheme === "file" && vscode.workspace.isTrusted)
    .map((folder) => ({
      label: vscode.l10n.t("For everyone who works on {0}", folder.name),
      description: "fairwatt.toml",
      folder: folder as vscode.WorkspaceFolder | undefined,
    }));
  const where = await vscode.window.showQuickPick([...projects, personal], {
    title: vscode.l10n.t("Keep {0} as the zone", zone.name),
  });
  if (!where) return;
  if (where.folder) {
    const file = path.join(where.folder.uri.fsPath, "fairwatt.toml");
    await changeProjectFile(vscode.Uri.file(file), (text) => withZone(text, zone.code));
    log.channel.info(`zone ${zone.code} written to ${file}`);
  } else {
    const target = vscode.ConfigurationTarget.Global;
    await vscode.workspace.getConfiguration("fairwatt").update("zone", zone.code, target);
  }
  const said = vscode.l10n.t("Fairwatt: CO2e counts with the grid of {0} from the next run on", zone.name);
  vscode.window.setStatusBarMessage(said, 8_000);
}
