import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { blankSeal, sealed, stateOf } from "../../../src/report/seal.ts";

const digest = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const written = (status: "DRAFT" | "FINAL") =>
  sealed(Buffer.from(`text ≈\n<!-- ${blankSeal(status)} -->\n`), digest);

describe("seal", () => {
  it("knows what nobody has touched", () => {
    expect(stateOf(written("DRAFT"), digest)).toBe("draft");
    expect(stateOf(written("FINAL"), digest)).toBe("final");
  });

  it("finds every change, also of its own status", () => {
    const text = written("DRAFT").toString();
    for (const changed of [
      text.replace("text", "Text"),
      `${text}x`,
      text.replace("DRAFT", "FINAL"),
      "",
      "mine",
    ]) {
      expect(stateOf(Buffer.from(changed), digest)).toBe("edited");
    }
  });

  it("is not fooled by a seal in the text of others", () => {
    const text = sealed(
      Buffer.from(`${blankSeal("FINAL").replace(/0/g, "1")}\n% ${blankSeal("DRAFT")}\n`),
      digest,
    );
    expect(stateOf(text, digest)).toBe("draft");
    expect(() => sealed(Buffer.from("no seal"), digest)).toThrow(RangeError);
  });
});
