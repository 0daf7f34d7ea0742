/** As much of the editor as the dashboard's panel touches; the tests set it in the place of the module "vscode". */

type Listener<T> = (event: T) => void;

export class Emitter<T> {
  readonly listeners = new Set<Listener<T>>();
  readonly event = (listener: Listener<T>) => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };
  fire(event: T): void {
    for (const listener of [...this.listeners]) listener(event);
  }
}

export class FakeWebviewPanel {
  readonly received = new Emitter<unknown>();
  readonly viewState = new Emitter<unknown>();
  readonly disposed = new Emitter<void>();
  readonly posted: unknown[] = [];
  visible = true;
  iconPath: unknown;
  revealed = 0;
  /** Where posted messages go; a page, or nowhere. */
  deliver: (message: unknown) => Promise<unknown> = async () => true;
  readonly webview = {
    options: {},
    html: "",
    cspSource: "http://localhost",
    asWebviewUri: (uri: { path: string }) => ({ toString: () => `http://localhost${uri.path}` }),
    onDidReceiveMessage: this.received.event,
    postMessage: (message: unknown) => {
      this.posted.push(message);
      return this.deliver(message);
    },
  };
  readonly onDidChangeViewState = this.viewState.event;
  readonly onDidDispose = this.disposed.event;

  reveal(): void {
    this.revealed++;
  }

  dispose(): void {
    this.disposed.fire();
  }

  show(visible: boolean): void {
    this.visible = visible;
    this.viewState.fire({});
  }
}

export const executed: unknown[][] = [];
export const registered = new Map<string, (...args: unknown[]) => unknown>();
export const panels: FakeWebviewPanel[] = [];
export const clipboard: string[] = [];
/** Files that were written, by their path; the dialog for saving takes what it suggests. */
export const saved = new Map<string, string>();
export const shownErrors: string[] = [];
type Item = { label: string; picked?: boolean };
/** What the person does with each quick pick, in their order; without one they leave it. */
export const picks: ((items: readonly Item[]) => Item | readonly Item[] | undefined)[] = [];
/** What the person chooses in the dialog for opening a file. */
export const files: string[] = [];
/** What the person types into input boxes, in their order; without one they leave it. */
export const typed: string[] = [];
/** Questions that the person was asked with buttons, and which of them they press; without one they leave it. */
export const questions: string[] = [];
export const pressed: string[] = [];
/** The workspace's folder, where one is open, and its files that a search finds. */
export const opened: { folder?: string; files: string[] } = { files: [] };
export const trust = { granted: new Emitter<void>(), isTrusted: true };

const uri = (path: string) => ({ scheme: "file", path, fsPath: path, toString: () => path });

/** Stands in for `import * as vscode from "vscode"`. */
export const fakeVscode = {
  Uri: {
    file: uri,
    joinPath: (base: { path: string }, ...parts: string[]) => uri([base.path, ...parts].join("/")),
  },
  RelativePattern: class {},
  ViewColumn: { Active: -1 },
  Disposable: {
    from: (...all: { dispose(): void }[]) => ({
      dispose: () => {
        for (const one of all) one.dispose();
      },
    }),
  },
  env: { language: "en-GB", clipboard: { writeText: async (text: string) => void clipboard.push(text) } },
  l10n: {
    t: (message: string, ...args: unknown[]) =>
      message.replace(/\{(\d+)\}/g, (whole, i: string) => String(args[Number(i)] ?? whole)),
  },
  commands: {
    executeCommand: async (...args: unknown[]) => {
      executed.push(args);
      if (args[0] === "fairwatt.rerun") throw new Error("command 'fairwatt.rerun' not found");
    },
    registerCommand: (name: string, run: (...args: unknown[]) => unknown) => {
      registered.set(name, run);
      return { dispose: () => registered.delete(name) };
    },
  },
  window: {
    createWebviewPanel: () => {
      const panel = new FakeWebviewPanel();
      panels.push(panel);
      return panel;
    },
    registerWebviewPanelSerializer: (_type: string, serializer: unknown) => {
      registered.set("serializer", () => serializer);
      return { dispose: () => registered.delete("serializer") };
    },
    showErrorMessage: async (text: string) => void shownErrors.push(text),
    showQuickPick: async (items: readonly Item[]) => picks.shift()?.(items),
    showInputBox: async () => typed.shift(),
    showWarningMessage: async (text: string, { detail }: { detail: string }) => {
      questions.push(`${text} ${detail}`);
      return pressed.shift();
    },
    showOpenDialog: async () => files.splice(0).map(uri),
    showSaveDialog: async ({ defaultUri }: { defaultUri?: unknown }) => defaultUri,
  },
  workspace: {
    get isTrusted() {
      return trust.isTrusted;
    },
    onDidGrantWorkspaceTrust: trust.granted.event,
    get workspaceFolders() {
      return opened.folder === undefined ? undefined : [{ uri: uri(opened.folder) }];
    },
    getWorkspaceFolder: ({ fsPath }: { fsPath: string }) =>
      opened.folder !== undefined && fsPath.startsWith(opened.folder)
        ? { uri: uri(opened.folder) }
        : undefined,
    findFiles: async () => opened.files.map(uri),
    fs: {
      writeFile: async (target: { fsPath: string }, bytes: Uint8Array) =>
        void saved.set(target.fsPath, Buffer.from(bytes).toString()),
    },
  },
};
