import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { forbiddenIn } from "../../../src/report/forbidden-phrases.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
/** What is read by people: all outputs are made of these texts, of figures, and of what people and programs gave. */
const FOLDERS = {
  src: /\.(?:ts|py|json|md)$/,
  webview: /\.ts$/,
  l10n: /\.json$/,
  media: /\.(?:md|svg)$/,
};
const FILES = [
  ...["README.md", "CHANGELOG.md", "package.json", "package.nls.json", "action.yml"],
  ".pre-commit-hooks.yaml",
];
/** Where the phrases themselves stand. */
const PHRASES = path.join("src", "report", "forbidden-phrases.ts");

const texts = [
  ...Object.entries(FOLDERS).flatMap(([folder, wanted]) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => wanted.test(name))
      .map((name) => path.join(folder, name)),
  ),
  ...FILES,
].filter((file) => file !== PHRASES);

describe("forbidden phrases", () => {
  it("stand in no text of Fairwatt's own: terminal, editor, pages, SARIF, gate, documents, manifests", () => {
    expect(texts.length).toBeGreaterThan(400);
    const found = texts.flatMap((file) =>
      readFileSync(path.join(ROOT, file), "utf8")
        .split("\n")
        .flatMap((line, index) => {
          const names = forbiddenIn(line);
          return names.length > 0 ? [`${file}:${index + 1}: ${names.join(", ")}`] : [];
        }),
    );
    expect(found).toEqual([]);
  });
});
