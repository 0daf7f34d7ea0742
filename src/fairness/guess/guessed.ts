/** What a guess is, and what it knows of names. */

export interface Guessed<T> {
  value: T;
  /** For the person who confirms it. */
  why: string;
}

/** What the caller knows of names. */
export interface Vocabulary {
  /** Lower-case words joined by "_": `maritalStatus` -> "marital_status". */
  wordsOf(name: string): string;
  /** Does the name say that the column holds a protected attribute? */
  isProtected(name: string): boolean;
  isAge(name: string): boolean;
  /** Does the name say that the column holds what is decided or predicted about persons? */
  isOutcome(name: string): boolean;
}
