import { describe, expect, it } from "vitest";
import { tableColumns } from "../../../../src/editor/audit/table-columns.ts";
import { guessRoles } from "../../../../src/fairness/guess/guess-roles.ts";
import { readDelimited } from "../../../../src/fairness/table/read-delimited.ts";
import { isAge, isProtected, targetKind } from "../../../../src/lint/rules/fairness/lexicon.ts";
import { wordsOf } from "../../../../src/lint/rules/fairness/words.ts";

const isOutcome = (name: string) => targetKind(name) !== undefined;

/** `rows` of a table with these columns: task, label and prediction that are guessed. */
async function task(head: string, rows: readonly string[]) {
  const text = `${[head, ...rows].join("\n")}\n`;
  const table = await readDelimited([text], { columns: new Map(), others: "read" }, { source: "t.csv" });
  const guess = guessRoles(table, { wordsOf, isProtected, isAge, isOutcome });
  // The editor takes nothing else for a guess.
  expect(tableColumns.shape.guess.safeParse(guess).error).toBeUndefined();
  return [guess.task.value, guess.label?.value, guess.prediction?.value];
}

const made = (row: (i: number) => unknown[]) => Array.from({ length: 60 }, (_, i) => row(i).join(","));
const GRADES = ["low", "middle", "high"];

describe("the task that a table is of", () => {
  it("several classes: texts, or whole numbers, that are predicted as they are labelled", async () => {
    expect(
      await task(
        "sex,grade,predicted_grade",
        made((i) => ["fm"[i % 2], GRADES[i % 3], GRADES[(i + (i % 7 ? 0 : 1)) % 3]]),
      ),
    ).toEqual(["multiclass", "grade", "predicted_grade"]);
    expect(
      await task(
        "y_true,y_pred,sex",
        made((i) => [i % 5, i % 4, "fm"[i % 2]]),
      ),
    ).toEqual(["multiclass", "y_true", "y_pred"]);
  });

  it("several classes of which the model predicts two only", async () => {
    expect(
      await task(
        "y,yhat,sex",
        made((i) => [GRADES[i % 3], GRADES[i % 2], "fm"[i % 2]]),
      ),
    ).toEqual(["multiclass", "y", "yhat"]);
  });

  it("numbers that hardly ever hit the label, or amounts", async () => {
    expect(
      await task(
        "region,price,predicted_price",
        made((i) => ["ns"[i % 2], 100 + i * 3.5, 103 + i * 3.1]),
      ),
    ).toEqual(["regression", "price", "predicted_price"]);
    expect(
      await task(
        "y,y_pred,sex",
        made((i) => [1000 + i, 1000 + i + (i % 3), "fm"[i % 2]]),
      ),
    ).toEqual(["regression", "y", "y_pred"]);
  });

  it("two classes stay two classes, also beside a number that is predicted", async () => {
    expect(
      (
        await task(
          "y,y_pred,sex",
          made((i) => [i % 2, (i % 3) % 2, "fm"[i % 2]]),
        )
      )[0],
    ).toBe("binary");
    expect(
      await task(
        "default,predicted,income,sex",
        made((i) => [i % 2, i / 60, 1000 + i, "fm"[i % 2]]),
      ),
    ).toEqual(["binary", "default", undefined]);
  });

  it("columns that do not go together are no pair", async () => {
    expect(
      await task(
        "name,predicted,sex",
        made((i) => [`n${i}`, GRADES[i % 3], "fm"[i % 2]]),
      ),
    ).toEqual(["binary", undefined, undefined]);
  });
});
