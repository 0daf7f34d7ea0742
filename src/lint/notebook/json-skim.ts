/**
 * Steps through JSON without building it. Notebooks carry megabytes of outputs (images in base64) that nobody here
 * reads: they are stepped over at the speed of a search for the next quote.
 */
export class JsonSkim {
  at = 0;

  constructor(readonly text: string) {
    if (text.charCodeAt(0) === 0xfeff) this.at = 1;
  }

  /** The next character that is no white space; "" at the end. */
  peek(): string {
    while (this.at < this.text.length && this.text.charCodeAt(this.at) <= 32) this.at++;
    return this.text[this.at] ?? "";
  }

  /** Steps over one expected character; false when another stands there. */
  eat(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at++;
    return true;
  }

  /** Reads a string; undefined when none stands here or it does not end. */
  string(): string | undefined {
    if (this.peek() !== '"') return undefined;
    const start = this.at;
    if (!this.skipString()) return undefined;
    try {
      return JSON.parse(this.text.slice(start, this.at)) as string;
    } catch {
      return undefined;
    }
  }

  private skipString(): boolean {
    for (
      let quote = this.text.indexOf('"', this.at + 1);
      quote >= 0;
      quote = this.text.indexOf('"', quote + 1)
    ) {
      let slashes = 0;
      while (this.text.charCodeAt(quote - 1 - slashes) === 92) slashes++;
      if (slashes % 2 === 1) continue;
      this.at = quote + 1;
      return true;
    }
    this.at = this.text.length;
    return false;
  }

  /** Steps over any value. False when the text ends within it. */
  skip(): boolean {
    let depth = 0;
    do {
      const character = this.peek();
      if (character === "") return false;
      if (character === '"') {
        if (!this.skipString()) return false;
      } else if (character === "{" || character === "[") {
        depth++;
        this.at++;
      } else if (character === "}" || character === "]") {
        depth--;
        this.at++;
      } else if (character === "," || character === ":") {
        if (depth === 0) return false;
        this.at++;
      } else {
        const from = this.at;
        while (this.at < this.text.length && !/[\s,:\]}[{"]/.test(this.text[this.at]!)) this.at++;
        if (this.at === from) this.at++;
      }
    } while (depth > 0);
    return true;
  }

  /** Calls for each member, the position at its value; the callback steps over it. False when the object is broken. */
  members(each: (key: string) => boolean): boolean {
    if (!this.eat("{")) return false;
    if (this.eat("}")) return true;
    for (;;) {
      const key = this.string();
      if (key === undefined || !this.eat(":") || !each(key)) return false;
      if (this.eat("}")) return true;
      if (!this.eat(",")) return false;
    }
  }

  /** Calls for each element, the position at it; the callback steps over it. False when the array is broken. */
  elements(each: () => boolean): boolean {
    if (!this.eat("[")) return false;
    if (this.eat("]")) return true;
    for (;;) {
      if (!each()) return false;
      if (this.eat("]")) return true;
      if (!this.eat(",")) return false;
    }
  }
}
