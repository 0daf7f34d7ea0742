/** The real page, the real panel and the real reader of tables, joined without an editor. */

import type { Browser } from "playwright-core";
import { type ExplorerDependencies, ExplorerPanel } from "../../../src/editor/explorer/panel.ts";
import { explorerStrings } from "../../../src/editor/explorer/strings.ts";
import { untranslated } from "../../../src/editor/words.ts";
import { ExplorerAnswers } from "../../../src/fairness/thresholds/explorer-answers.node.ts";
import { modelSpec } from "../../../src/fairness/thresholds/model/model-spec.ts";
import type { Answers, Kind } from "../../../src/fairness/thresholds/worker-protocol.ts";
import type { Explored } from "../../../webview/explorer/protocol.ts";
import { fakeVscode } from "../page/fake-editor.ts";
import { type Bundle, type OpenedPage, openPage, type PageOptions } from "../page/open-page.ts";

/** The worker's answers in this thread; the thread itself is tested where it is built. */
function answersHere() {
  const answers = new ExplorerAnswers(() => {});
  return {
    ask: async <K extends Kind>(
      kind: K,
      ask: Answers[K]["ask"],
      onProgress: (progress: { rows: number; part?: number }) => void = () => {},
      signal?: AbortSignal,
    ) => (await answers.answer({ kind, ask } as never, onProgress, signal)) as Answers[K]["answer"],
    dispose: () => answers.dispose(),
  };
}

const NO_MODEL: ExplorerDependencies["models"] = {
  of: () => undefined,
  choose: async () => undefined,
  permit: async () => undefined,
};

/** Named in the project, and run without asking. */
function modelOf({ name, folder }: { name: string; folder: string }): ExplorerDependencies["models"] {
  const named = { name, from: "from fairwatt.toml" };
  const python = [process.platform === "win32" ? "python" : "python3", "-S"];
  return {
    of: () => named,
    choose: async () => named,
    permit: async () => ({ start: { spec: modelSpec(name), python, folder }, source: "PATH" }),
  };
}

export interface OpenedExplorer extends OpenedPage<ExplorerPanel> {
  /** What the person was asked for columns of. */
  asked: Explored[];
}

export interface OpenOptions extends PageOptions {
  /** What the person chooses when asked. */
  chosen?: Explored;
  /** Of test/browser/explorer/models/scoring.py, beside the table. */
  model?: { name: string; folder: string };
}

export async function openExplorer(
  browser: Browser,
  bundle: Bundle,
  explored: Explored,
  { chosen, model, ...options }: OpenOptions = {},
): Promise<OpenedExplorer> {
  const asked: Explored[] = [];
  const opened = await openPage(
    browser,
    bundle,
    (panel, warn) =>
      new ExplorerPanel(
        panel,
        {
          extensionUri: fakeVscode.Uri.file("/extension") as never,
          strings: explorerStrings(untranslated),
          log: { warn, error: warn },
          startWorker: answersHere,
          models: model ? modelOf(model) : NO_MODEL,
          chooseColumns: async (now) => {
            asked.push(now);
            return chosen;
          },
        },
        explored,
      ),
    options,
    "main > .explorer, main > .unusable",
  );
  return { ...opened, asked };
}
