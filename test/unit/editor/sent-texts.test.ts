import { describe, expect, it } from "vitest";
import { SentTexts } from "../../../src/editor/lint/sent-texts.ts";
import { edited, type TextChange } from "../../../src/lint/text-edits.ts";

type Document = Parameters<SentTexts["whole"]>[0];

/** A document as the editor has it: each change makes its next version. */
function open(first: string) {
  let [text, version] = [first, 1];
  const document = () =>
    ({
      uri: { toString: () => "file:///a.py" },
      version,
      lineCount: 1,
      lineAt: () => ({ range: { end: undefined } }),
      offsetAt: () => text.length,
    }) as unknown as Document;
  const change = (...changes: TextChange[]) => {
    for (const { offset, length, text: put } of changes)
      text = text.slice(0, offset) + put + text.slice(offset + length);
    version++;
    const contentChanges = changes.map(({ offset, length, text: put }) => ({
      rangeOffset: offset,
      rangeLength: length,
      text: put,
    }));
    return { document: document(), contentChanges } as unknown as Parameters<SentTexts["note"]>[0];
  };
  return { document, change, text: () => text, skip: () => version++ };
}

describe("what of a document is sent", () => {
  it("is the whole text first, then what was written", () => {
    const texts = new SentTexts();
    const { document, change, text } = open("import torch\n");
    texts.note(change({ offset: 0, length: 0, text: "#\n" }));
    expect(texts.editsOf(document())).toBeUndefined();
    texts.whole(document());
    let worker = { text: text(), version: document().version };
    for (const changes of [
      [{ offset: 2, length: 6, text: "from" }],
      [
        { offset: 6, length: 1, text: "\t" },
        { offset: 0, length: 2, text: "" },
      ],
      [],
    ]) {
      if (changes.length > 0) texts.note(change(...changes));
      const edits = texts.editsOf(document())!;
      worker = { text: edited(worker, edits)!, version: edits.version };
      expect(worker).toEqual({ text: text(), version: document().version });
    }
  });

  it("gathers the changes of several versions", () => {
    const texts = new SentTexts();
    const { document, change, text } = open("abc");
    texts.whole(document());
    texts.note(change({ offset: 3, length: 0, text: "d" }));
    texts.note(change({ offset: 0, length: 1, text: "" }));
    texts.note({ document: document(), contentChanges: [] });
    expect(edited({ text: "abc", version: 1 }, texts.editsOf(document())!)).toBe(text());
  });

  it("is the whole text again where a change was missed, line ends changed, or it was closed", () => {
    const texts = new SentTexts();
    const { document, change, skip } = open("abc");
    texts.whole(document());
    skip();
    texts.note(change({ offset: 3, length: 0, text: "d" }));
    expect(texts.editsOf(document())).toBeUndefined();
    texts.whole(document());
    texts.note(change());
    expect(texts.editsOf(document())).toBeUndefined();
    texts.whole(document());
    texts.forget(document().uri);
    expect(texts.editsOf(document())).toBeUndefined();
    texts.whole(document());
    for (let count = 0; count < 501; count++) texts.note(change({ offset: 0, length: 0, text: "x" }));
    expect(texts.editsOf(document())).toBeUndefined();
  });
});

describe("edits of a text", () => {
  it("are of one version only, and make a text of the length that was said", () => {
    const edits = { since: 3, version: 4, length: 4, changes: [{ offset: 1, length: 1, text: "xy" }] };
    expect(edited({ text: "abc", version: 3 }, edits)).toBe("axyc");
    expect(edited({ text: "abc", version: 2 }, edits)).toBeUndefined();
    expect(edited({ text: "abcd", version: 3 }, edits)).toBeUndefined();
  });
});
