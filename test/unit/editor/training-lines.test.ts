import { describe, expect, it } from "vitest";
import { codeOnly, findTrainingLines } from "../../../src/editor/lens/training-lines.ts";

const kinds = (source: string) => findTrainingLines(source).map(({ line, kind }) => `${line}:${kind}`);

describe("findTrainingLines", () => {
  it("finds the main guard in both quotes and both orders", () => {
    expect(kinds('import os\nif __name__ == "__main__":\n  main()')).toEqual(["1:main"]);
    expect(kinds("if '__main__' == __name__ :\n  main()")).toEqual(["0:main"]);
    expect(kinds('if __name__ == "other":\n  main()')).toEqual([]);
  });

  it("finds fits of models, chained, on calls and on items", () => {
    expect(kinds("clf.fit(X, y)")).toEqual(["0:fit"]);
    expect(kinds("model = SVC(C=float(c)).fit(X, y)")).toEqual(["0:fit"]);
    expect(kinds("self.models[i].fit(X)")).toEqual(["0:fit"]);
    expect(kinds("history = keras_model.fit(x, epochs=3)")).toEqual(["0:fit"]);
  });

  it("finds trainers but not the mode switch of PyTorch", () => {
    expect(kinds("trainer.train()")).toEqual(["0:fit"]);
    expect(kinds("bst = lgb.train(params, data)")).toEqual(["0:fit"]);
    expect(kinds("model.train()")).toEqual([]);
    expect(kinds("os.train_station(1)")).toEqual([]);
  });

  it("leaves out what prepares data and what only defines", () => {
    expect(kinds("scaler.fit(X)\nStandardScaler(with_mean=f(x)).fit(X)\nX = enc.fit_transform(X)")).toEqual(
      [],
    );
    expect(kinds("def fit(self, X):\n  pass")).toEqual([]);
    expect(kinds("outfit(x)\nfit(x)")).toEqual([]);
  });

  it("takes an epoch loop as one, with the fits inside it", () => {
    expect(kinds("for epoch in range(3):\n    model.fit(X)\n    step()\nother.fit(X)")).toEqual([
      "0:epochs",
      "3:fit",
    ]);
    expect(kinds("for i, epoch_loss in x:\n  pass")).toEqual([]);
  });

  it("never fires in strings, docstrings, f-strings and comments", () => {
    expect(kinds('"""\nclf.fit(X)\nif __name__ == "__main__":\n"""\n# clf.fit(X)\ns = "a.fit(X)"')).toEqual(
      [],
    );
    expect(kinds("s = f'{clf.fit(X)}'")).toEqual([]);
    expect(kinds("s = 'it\\'s clf.fit(X)'")).toEqual([]);
    expect(kinds("r = r'\\'\nclf.fit(X)")).toEqual(["1:fit"]);
  });

  it("recovers on the next line from a string that is being typed", () => {
    expect(kinds('s = "open\nclf.fit(X)')).toEqual(["1:fit"]);
  });

  it("stays few", () => {
    const many = Array.from({ length: 50 }, (_, i) => `m${i}.fit(X)`).join("\n");
    expect(findTrainingLines(`${many}\nif __name__ == "__main__":\n  pass`)).toHaveLength(6);
    expect(findTrainingLines(`${many}\nif __name__ == "__main__":\n  pass`).at(-1)?.kind).toBe("main");
  });

  it("is quick on a long file", () => {
    const source = "value = compute(first, second)  # text\nname = 'abc' + \"def\"\n".repeat(10_000);
    const before = performance.now();
    findTrainingLines(source);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});

describe("codeOnly", () => {
  it("keeps the length of lines before comments and all line breaks", () => {
    const source = 'a = "x" # c\r\nb = """1\n2"""\nc';
    expect(codeOnly(source).split("\n")).toHaveLength(4);
    expect(codeOnly(source).split("\n")[0]).toBe("a =     ");
  });
});
