/** What is known of a public data set about persons. Lists are names separated by ", ", as their source writes them. */

export interface PersonDataSet {
  name: string;
  stakes: "high" | "low";
  /** Protected attributes that it always has, where little hangs on its models. */
  groups?: readonly string[];
}

export interface Row extends PersonDataSet {
  /** Who publishes it. */
  source: string;
  /**
   * What its files are called, in any case and with any separators, also in addresses. A name of one word must be the
   * whole name but for words such as "data", "train" and "cleaned", unless it ends in "*"; a name of more words may be
   * part of one.
   */
  files: string;
  /** Columns of which two are found in hardly any other table: a program that names two reads it. */
  columns?: string;
  /** Columns of which one does. */
  marks?: string;
  /** Classes of pictures or sounds of persons, four of which a program names that reads such. */
  classes?: string;
  /** Names of loaders, or what they are given; tested against words joined by "_". */
  loader?: RegExp;
  /** Numbers by which OpenML and UCI know it. */
  openml?: readonly number[];
  uci?: readonly number[];
}
