/** Tests and vendored code: nothing is found in them, and they say nothing of the project's models. They are not read. */

import { kindOf, type SourceKind } from "./source-kind.ts";

const TEST_FOLDER =
  /(?:^|\/)(?:(?:(?:perf|performance|unit|integration|functional|smoke|regression)[_-]?)?tests?|testing|site-packages|node_modules|vendor|third_party)\//i;
const TEST_PROGRAM = /(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest)\.py$/i;
const TEST_SETTINGS =
  /(?:^|\/)(?:tests?|testdata|fixtures|e2e|node_modules|site-packages|third_party|vendor)\//i;

/** By pytest's and unittest's names, and by folders. A notebook is no test for its name. */
export function isTestFile(path: string, kind: SourceKind | undefined = kindOf({ path })): boolean {
  if (kind === "config") return TEST_SETTINGS.test(path);
  return kind !== undefined && (TEST_FOLDER.test(path) || TEST_PROGRAM.test(path));
}

const MAY_BE_TRIAL = /(?:^|\/)(?!test_)[^/]*_test\.py$/i;
const TESTS =
  /^[ \t]*(?:(?:async[ \t]+)?def[ \t]+test|class[ \t]+\w*Test|assert\b|(?:import|from)[ \t]+(?:pytest|unittest|doctest|absl|\w[\w.]*\.testing)\b)|\.(?:assert_?\w+|test\.main)[ \t]*\(/im;
const FITS = /\.fit\(/;

/** A program called `forest_test.py` that tries a model out: it fits one, and tests nothing. */
export const isTrial = (path: string, text: string): boolean =>
  MAY_BE_TRIAL.test(path) && !TEST_FOLDER.test(path) && FITS.test(text) && !TESTS.test(text);
