/** The linter as the editor has it: one worker, started with the first question, with an index of each folder. */

import * as vscode from "vscode";
import type { DocumentReport } from "../../lint/document-report.ts";
import type { RecordedEvidence } from "../../lint/project/recorded-evidence.ts";
import { isTable } from "../../lint/project/table-files.ts";
import type { Selection } from "../../lint/select.ts";
import { kindOf } from "../../lint/source-kind.ts";
import { LintWorker } from "../../lint/worker-client.node.ts";
import type { Answers, Kind } from "../../lint/worker-protocol.ts";
import type { Log } from "../log.ts";
import type { LintSettings } from "./lint-settings.ts";
import { isNotebook, isTooLong, type Linted, pathIn, textOf } from "./open-document.ts";
import { SentTexts } from "./sent-texts.ts";
import { FOLDERS_OF_TOOLS, isRead, virtualFile, virtualFiles } from "./virtual-folder.ts";

/** Changes of files are gathered for so long, ms. */
const GATHER = 1_000;
/** After so many ends that nobody asked for the linter stays off until the window is reloaded. */
const MOST_ENDS = 3;

export class WorkspaceLinter implements vscode.Disposable {
  private readonly worker: LintWorker;
  private readonly indexes = new Map<string, Promise<void>>();
  /** How many files of a folder were read where it has more than that. */
  private readonly partly = new Map<string, number>();
  private readonly learned = new vscode.EventEmitter<void>();
  /** Fires when what a file may know of its project changed. */
  readonly onDidLearn = this.learned.event;
  private readonly busy = new vscode.EventEmitter<void>();
  readonly onDidChangeBusy = this.busy.event;
  private indexing = 0;
  private ends = 0;
  private readonly changedFiles = new Map<string, Set<string>>();
  private gathering: NodeJS.Timeout | undefined;
  private watching: vscode.Disposable | undefined;
  private refreshing = false;
  private recording = Promise.resolve();

  private readonly texts = new SentTexts();
  private readonly changes = vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument((change) => this.texts.note(change)),
    vscode.workspace.onDidChangeWorkspaceFolders(({ removed }) => {
      for (const folder of removed) void this.forget(folder);
      // Open files may have another folder now, which the worker is told with the whole text.
      this.texts.forgetAll();
      this.learned.fire();
    }),
  );

  constructor(
    workerFile: string,
    private readonly settings: LintSettings,
    private readonly log: Log,
    private readonly recordedOf: (folder: vscode.WorkspaceFolder) => Promise<RecordedEvidence>,
  ) {
    this.worker = new LintWorker(workerFile, (why) => this.ended(why));
  }

  get isIndexing(): boolean {
    return this.indexing > 0;
  }

  get failed(): boolean {
    return this.ends >= MOST_ENDS;
  }

  /** How many files of the folder around were read; undefined: all of them. */
  filesReadAround(uri: vscode.Uri): number | undefined {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    return folder && this.partly.get(folder.uri.toString());
  }

  /** Undefined when linting is off there, there is too much text, or the linter failed. */
  async lint(linted: Linted): Promise<DocumentReport | undefined> {
    const selection = await this.settings.selectionFor(linted.uri);
    if (!selection || isTooLong(linted)) return undefined;
    const folder = vscode.workspace.getWorkspaceFolder(linted.uri);
    if (folder) void this.index(folder);
    const edits = isNotebook(linted) ? undefined : this.texts.editsOf(linted);
    const report = edits && (await this.ask("edited", { uri: linted.uri.toString(), edits, selection }));
    return report ?? this.lintWhole(linted, selection);
  }

  private lintWhole(linted: Linted, selection: Selection): Promise<DocumentReport | undefined> {
    if (!isNotebook(linted)) this.texts.whole(linted);
    return this.ask("document", { document: textOf(linted), selection });
  }

  close(uri: vscode.Uri): void {
    this.texts.forget(uri);
    if (this.worker.running) void this.ask("close", { uri: uri.toString() });
  }

  page(code: string): Promise<string | undefined> {
    return this.ask("page", { code });
  }

  async rules(): Promise<Answers["rules"]["answer"]> {
    return (await this.ask("rules", {})) ?? [];
  }

  /** Files of a folder that a reader takes, below it. */
  async files(folder: vscode.WorkspaceFolder): Promise<string[]> {
    if (isOnDisk(folder)) return (await this.ask("discover", { folder: folder.uri.fsPath })) ?? [];
    return (await this.filesOfVirtual(folder)).filter((file) => kindOf({ path: file }) !== undefined);
  }

  async lintFiles(folder: vscode.WorkspaceFolder, files: string[], selection: Selection) {
    const asked = { root: folder.uri.toString(), selection, ...(await this.filesToSend(folder, files)) };
    return (await this.ask("workspace", asked)) ?? [];
  }

  /** What the worker reads by itself goes by its name, the rest with its text. */
  private async filesToSend(folder: vscode.WorkspaceFolder, files: string[]) {
    if (isOnDisk(folder)) return { folder: folder.uri.fsPath, files: files.map((path) => ({ path })) };
    return { files: await Promise.all(files.map((file) => virtualFile(folder, file))) };
  }

  private async filesOfVirtual(folder: vscode.WorkspaceFolder): Promise<string[]> {
    const { files, whole } = await virtualFiles(folder);
    if (whole) this.partly.delete(folder.uri.toString());
    else {
      this.partly.set(folder.uri.toString(), files.length);
      this.log.channel.warn(
        `lint: ${folder.name} has more files than are read of a folder that is on no disk: ${files.length} are`,
      );
    }
    return files;
  }

  /** Resolves when the folder's files were looked at; the first call starts that. */
  index(folder: vscode.WorkspaceFolder): Promise<void> {
    const root = folder.uri.toString();
    const known = this.indexes.get(root);
    if (known) return known;
    this.watch();
    const started = this.readFolder(folder);
    this.indexes.set(root, started);
    return started;
  }

  /** Once it has been read: what is still being read would be kept. */
  private async forget(folder: vscode.WorkspaceFolder): Promise<void> {
    const root = folder.uri.toString();
    const reading = this.indexes.get(root);
    this.indexes.delete(root);
    this.partly.delete(root);
    await reading;
    if (!reading || this.indexes.has(root) || !this.worker.running) return;
    await this.ask("forget", { root, ...(isOnDisk(folder) && { folder: folder.uri.fsPath }) });
  }

  /** Hands over what the ledger and the runs say of a folder. */
  async record(folder: vscode.WorkspaceFolder): Promise<void> {
    const root = folder.uri.toString();
    if (!this.indexes.has(root)) return;
    await this.handOver(folder);
    this.learned.fire();
  }

  /** One after the other: what was read first must not arrive last. */
  private handOver(folder: vscode.WorkspaceFolder): Promise<void> {
    this.recording = this.recording.then(async () => {
      try {
        await this.ask("record", { root: folder.uri.toString(), recorded: await this.recordedOf(folder) });
      } catch (error) {
        this.log.channel.warn(`lint: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
    return this.recording;
  }

  private async readFolder(folder: vscode.WorkspaceFolder): Promise<void> {
    const root = folder.uri.toString();
    this.indexing++;
    this.busy.fire();
    try {
      if (isOnDisk(folder)) await this.ask("index", { root, folder: folder.uri.fsPath });
      else {
        const files = await this.filesOfVirtual(folder);
        await this.ask("changed", { root, ...(await this.filesToSend(folder, files)) });
      }
      await this.handOver(folder);
    } finally {
      this.indexing--;
      this.busy.fire();
      this.learned.fire();
    }
  }

  /** The watcher does not hear of everything, so folders are looked over when a person comes back to the window. */
  private async refresh(): Promise<void> {
    if (this.refreshing) return;
    this.refreshing = true;
    try {
      for (const folder of vscode.workspace.workspaceFolders ?? []) {
        const root = folder.uri.toString();
        if (!isOnDisk(folder) || !this.indexes.has(root)) continue;
        await this.indexes.get(root);
        const answer = await this.ask("index", { root, folder: folder.uri.fsPath });
        if (answer?.news) this.learned.fire();
      }
    } finally {
      this.refreshing = false;
    }
  }

  private watch(): void {
    if (this.watching) return;
    const watcher = vscode.workspace.createFileSystemWatcher("**/*");
    const note = (uri: vscode.Uri) => {
      const folder = vscode.workspace.getWorkspaceFolder(uri);
      const file = pathIn(folder, uri);
      if (!folder || FOLDERS_OF_TOOLS.test(file) || !saysSomething(file, uri)) return;
      const root = folder.uri.toString();
      const files = this.changedFiles.get(root) ?? new Set();
      this.changedFiles.set(root, files.add(file));
      // From the first change on: a log that grows all the time must not hold the others back.
      this.gathering ??= setTimeout(() => void this.learn(), GATHER);
    };
    this.watching = vscode.Disposable.from(
      watcher,
      watcher.onDidChange(note),
      watcher.onDidCreate(note),
      watcher.onDidDelete(note),
      // The editor's watcher misses folders that are made quickly one in another.
      vscode.workspace.onDidSaveTextDocument(({ uri }) => note(uri)),
      vscode.workspace.onDidSaveNotebookDocument(({ uri }) => note(uri)),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) void this.refresh();
      }),
    );
  }

  private async learn(): Promise<void> {
    this.gathering = undefined;
    const changes = [...this.changedFiles];
    this.changedFiles.clear();
    for (const [root, paths] of changes) {
      const folder = vscode.workspace.workspaceFolders?.find((each) => each.uri.toString() === root);
      if (!folder || !this.indexes.has(root)) continue;
      await this.indexes.get(root);
      const ask = { root, ...(await this.filesToSend(folder, [...paths])) };
      if (await this.ask("changed", ask)) this.learned.fire();
    }
  }

  /** Undefined when the worker failed: that is in the log, and nobody's typing is disturbed for it. */
  private async ask<K extends Kind>(
    kind: K,
    ask: Answers[K]["ask"],
  ): Promise<Answers[K]["answer"] | undefined> {
    if (this.failed) return undefined;
    try {
      return await this.worker.ask(kind, ask);
    } catch (error) {
      this.log.channel.warn(`lint: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  private ended(why: string): void {
    this.ends++;
    this.indexes.clear();
    if (this.failed) {
      this.log.error({
        happened: vscode.l10n.t("The linter ended {0} times and stays off.", MOST_ENDS),
        next: vscode.l10n.t("Reload the window to start it again; the log says why it ended."),
        cause: why,
      });
    } else this.learned.fire(); // what it was asked then is asked again
    this.busy.fire();
  }

  dispose(): void {
    clearTimeout(this.gathering);
    this.changes.dispose();
    this.watching?.dispose();
    this.learned.dispose();
    this.busy.dispose();
    void this.worker.dispose();
  }
}

const isOnDisk = ({ uri }: vscode.WorkspaceFolder) => uri.scheme === "file";

function saysSomething(file: string, { scheme }: vscode.Uri): boolean {
  // Of a table only the beginning is read, which is possible on a disk.
  return isTable(file) ? scheme === "file" : isRead(file);
}
