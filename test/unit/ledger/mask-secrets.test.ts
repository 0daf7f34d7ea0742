import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maskSecrets } from "../../../src/ledger/mask-secrets.ts";

describe("maskSecrets", () => {
  it.each([
    [
      ["--api-key", "abc"],
      ["--api-key", "***"],
    ],
    [["--api_key=abc"], ["--api_key=***"]],
    [
      ["--hf-token", "abc", "x"],
      ["--hf-token", "***", "x"],
    ],
    [
      ["--token", "abc"],
      ["--token", "***"],
    ],
    [
      ["env", "WANDB_API_KEY=abc", "python"],
      ["env", "WANDB_API_KEY=***", "python"],
    ],
    [["AWS_SECRET_ACCESS_KEY=abc"], ["AWS_SECRET_ACCESS_KEY=***"]],
    [["--db=postgres://ada:pw@host/x"], ["--db=postgres://ada:***@host/x"]],
    [["postgres://ada:p$&w@host/x"], ["postgres://ada:***@host/x"]],
    [
      ["login", `hf_${"a".repeat(34)}`],
      ["login", "***"],
    ],
    [["trainer.hub_token=abc"], ["trainer.hub_token=***"]],
  ])("%j becomes %j", (argv, expected) => {
    expect(maskSecrets(argv)).toEqual({ argv: expected, masked: 1 });
  });

  it.each([
    [["--max-tokens", "512"]],
    [["--eos-token", "</s>"]],
    [["--pad_token=<pad>"]],
    [["--tokenizer", "bert"]],
    [["--token-limit=3"]],
    [["--api-key", "--verbose"]],
    [["--key", "x"]],
    [["https://host:8080/a@b"]],
    [["python", "train.py", "--lr", "1e-3"]],
  ])("%j stays", (argv) => {
    expect(maskSecrets(argv)).toEqual({ argv, masked: 0 });
  });

  it("keeps the number of arguments and never throws", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (argv) => {
        expect(maskSecrets(argv).argv).toHaveLength(argv.length);
      }),
    );
  });
});
