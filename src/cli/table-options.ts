/** Options of the commands that read tables of predictions: what the columns are, and how ranges are made. */

import type { Command } from "commander";

export const collect = (value: string, all: string[] = []): string[] => [...all, value];

export function withTableOptions(command: Command): Command {
  return command
    .option("--label <column>", "the true outcome")
    .option("--prediction <column>", "the predicted class or number")
    .option("--score <column>", "the score of the positive class")
    .option("--threshold <number>", "a score from here on is a positive prediction")
    .option(
      "--sensitive <columns>",
      "sensitive columns, separated by commas; together they are an intersection",
    )
    .option(
      "--weight <column>",
      'weight of each row ("": none, as for every column that the project file names)',
    )
    .option("--positive <class>", "the class that counts as positive (needed unless the classes are 0/1)")
    .option("--favourable <prediction>", "positive or negative: which is good for the person")
    .option(
      "--reference <column=value>",
      "group that others are compared with (default: the largest)",
      collect,
    )
    .option("--replicates <number>", "resampled tables for the ranges (0: none, where that can be)")
    .option("--seed <number>", "of the resampling (default: 1)")
    .option("--leave-out-incomplete", "leave out rows without label or prediction instead of stopping");
}
