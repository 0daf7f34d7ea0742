import { beforeEach, describe, expect, it, vi } from "vitest";

const item: Record<string, unknown> = {};
const event = () => ({ dispose() {} });
vi.mock("vscode", () => ({
  languages: { createLanguageStatusItem: () => item },
  window: { activeTextEditor: { document: { uri: "train.py" } }, onDidChangeActiveTextEditor: event },
  l10n: {
    t: (text: string, ...values: unknown[]) =>
      text.replace(/\{(\d)\}/g, (_, at) => String(values[Number(at)])),
  },
  LanguageStatusSeverity: { Information: 0, Warning: 1, Error: 2 },
}));
vi.mock("../../../../src/editor/lint/open-document.ts", () => ({
  lintedOf: (document: unknown) => document,
}));

const { registerLintStatus } = await import("../../../../src/editor/lint/lint-status.ts");

const shown = (report: object | undefined, state: object = {}) => {
  const linter = { isIndexing: false, failed: false, filesReadAround: () => undefined, ...state };
  const controller = { known: () => report, onDidPublish: event };
  registerLintStatus(
    { subscriptions: [] } as never,
    controller as never,
    { ...linter, onDidChangeBusy: event } as never,
  );
  return item;
};

describe("the linter among the language's states", () => {
  beforeEach(() => Object.keys(item).forEach((key) => void delete item[key]));

  it("counts findings, and names those that comments silence", () => {
    expect(shown({ findings: [{}], suppressed: [] })).toMatchObject({ text: "Fairwatt: 1 finding" });
    const two = { findings: [{}, {}], suppressed: [{}] };
    expect(shown(two)).toMatchObject({ text: "Fairwatt: 2 findings", detail: "1 silenced by comments" });
    expect(shown(undefined)).toMatchObject({ text: "Fairwatt: not linted", detail: undefined });
  });

  it("says what it is doing, and that it stopped", () => {
    expect(shown(undefined, { isIndexing: true })).toMatchObject({
      busy: true,
      detail: "reading the folder",
    });
    expect(shown(undefined, { failed: true })).toMatchObject({
      text: "Fairwatt: the linter stopped",
      severity: 2,
    });
  });

  it("says of a folder on no disk that only a part was read", () => {
    const report = { findings: [], suppressed: [{}] };
    expect(shown(report, { filesReadAround: () => 500 })).toMatchObject({
      detail: "1 silenced by comments; only 500 files of the folder were read: it is on no disk here",
    });
  });
});
