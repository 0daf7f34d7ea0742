import * as fs from "node:fs";
import { connect } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const editor = vi.hoisted(() => ({ isTrusted: true, picked: 0, typed: [] as (string | undefined)[] }));
vi.mock("vscode", () => ({
  workspace: {
    get isTrusted() {
      return editor.isTrusted;
    },
  },
  window: {
    showQuickPick: async (items: unknown[]) => items[editor.picked],
    showInputBox: async () => editor.typed.shift(),
    setStatusBarMessage: () => undefined,
  },
  l10n: { t: (text: string) => text },
}));

const { forgetGridKey, keysFor, offerKeys, setGridKey } = await import("../../../../src/editor/grid/keys.ts");
const { keysFromEditor } = await import("../../../../src/cli/editor-keys.ts");

const KEY = "s3cret-key";
let folder: string;
let kept: Map<string, string>;
const secrets = {
  get: async (name: string) => kept.get(name),
  store: async (name: string, value: string) => void kept.set(name, value),
  delete: async (name: string) => void kept.delete(name),
} as unknown as Parameters<typeof keysFor>[1];
const project = (text: string) => fs.writeFileSync(path.join(folder, "fairwatt.toml"), text);

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-keys-"));
  kept = new Map();
  Object.assign(editor, { isTrusted: true, picked: 0, typed: [] });
  project('[grid]\nprovider = "electricity-maps"\nplace = "FR"\n');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("keys of sources of hourly figures", () => {
  it("are kept in the editor's storage, handed out for the project's source alone, and forgotten", async () => {
    editor.typed = [` ${KEY} `];
    await setGridKey(secrets);
    expect(await keysFor(folder, secrets)).toEqual({ ELECTRICITYMAPS_API_TOKEN: KEY });
    project('[grid]\nprovider = "watttime"\nplace = "CAISO_NORTH"\n');
    expect(await keysFor(folder, secrets)).toEqual({});
    project("");
    expect(await keysFor(folder, secrets)).toEqual({});
    await forgetGridKey(secrets);
    expect([...kept]).toEqual([]);
    expect(fs.readdirSync(folder)).toEqual(["fairwatt.toml"]);
  });

  it("of a source with two are asked for one after the other; one who leaves keeps what there was", async () => {
    editor.picked = 1;
    editor.typed = ["ada", "pass word"];
    await setGridKey(secrets);
    project('[grid]\nprovider = "watttime"\nplace = "CAISO_NORTH"\n');
    expect(Object.values(await keysFor(folder, secrets))).toEqual(["ada", "pass word"]);
    editor.typed = [undefined];
    await setGridKey(secrets);
    expect(Object.values(await keysFor(folder, secrets))).toEqual(["ada", "pass word"]);
  });

  it("are not handed out in Restricted Mode", async () => {
    editor.typed = [KEY];
    await setGridKey(secrets);
    editor.isTrusted = false;
    expect(await keysFor(folder, secrets)).toEqual({});
  });
});

describe("the handover to a runner in a terminal", () => {
  it("gives the keys once; no environment and no file holds them", async () => {
    const env: NodeJS.ProcessEnv = await offerKeys({ TOKEN: KEY });
    expect(JSON.stringify(env)).not.toContain(KEY);
    const again = { ...env };
    expect([...(await keysFromEditor(env))]).toEqual([["TOKEN", KEY]]);
    expect(env).toEqual({});
    expect([...(await keysFromEditor(again))]).toEqual([]);
    const socket = env.FAIRWATT_KEYS?.split("@")[1];
    expect(socket === undefined || !fs.existsSync(socket)).toBe(true);
  });

  it("gives nothing to who does not know the word, and still serves who does", async () => {
    const env: NodeJS.ProcessEnv = await offerKeys({ TOKEN: KEY });
    const [, socket] = env.FAIRWATT_KEYS!.split("@");
    const heard = await new Promise<string>((resolve) => {
      let text = "";
      const stranger = connect(socket!, () => stranger.write(`${"0".repeat(32)}\n`));
      stranger.on("data", (piece) => {
        text += piece;
      });
      stranger.on("close", () => resolve(text));
    });
    expect(heard).toBe("");
    expect([...(await keysFromEditor(env))]).toEqual([["TOKEN", KEY]]);
    expect(fs.existsSync(socket!)).toBe(false);
  });

  it("offers nothing where no key is kept", async () => {
    expect(await offerKeys({})).toEqual({});
    expect([...(await keysFromEditor({ FAIRWATT_KEYS: "nonsense" }))]).toEqual([]);
  });
});
