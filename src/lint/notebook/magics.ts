/** IPython's additions to Python, blanked so that offsets stay: `%magic`, `!shell`, `name?`, whole `%%` cells. */

/** Cell magics whose body is Python that runs in the notebook. */
const PYTHON_CELLS =
  /^%%(?:time|timeit|capture|prun|memit|mprun|lprun|px|debug|snakeviz|scalene|tracemalloc|wandb|track_emissions|python3?|py3?)\b/;

/** Line magics that run the Python behind them. */
const RUNNING_LINE = /^([ \t]*)(%(?:time|timeit|prun|memit|lprun)(?:[ \t]+-\w+(?:[ \t]*\d+)?)*)(?=[ \t])/;

const MAGIC_LINE = /^[ \t]*(?:%%?[A-Za-z_]|!|\?{1,2}\w)|^[ \t]*[\w.]+\?{1,2}[ \t]*$/;
const ASSIGNED = /^[ \t]*[\w, ]+=[ \t]*(?:!|%[A-Za-z_])/;
const AUTOMAGIC =
  /^(?:pip3?|conda|mamba)[ \t]+(?:install|uninstall|list)\b|^(?:ls|cd|pwd|mkdir|wget|unzip|git)(?:[ \t]+[^=(\s]|[ \t]*$)(?!.*[=(])/;

/** A cell whose query makes a warehouse train a model: its body is to SQL what `client.query` is given. */
const MODEL_CELL =
  /^\s*%%bigquery\b[^\n]*\n(?:\s*(?:#|--)[^\n]*\n)*\s*create\s+(?:or\s+replace\s+)?(?:temp\s+)?model\b/i;
const QUERY_HEAD = /^\s*%%bigquery[^\n]*\n/;

/** The source with the same length and line breaks, in which only Python is left. */
export function blankMagics(source: string): string {
  if (MODEL_CELL.test(source)) return asQuery(source);
  const first = /^\s*(%%[^\n]*)/.exec(source)?.[1];
  if (first !== undefined && !PYTHON_CELLS.test(first)) return blank(source);
  if (!/[%!?]/.test(source) && !/^[a-z]/m.test(source)) return source;
  const state = { quote: "", depth: 0 };
  const lines = source.split("\n");
  const kept: string[] = [];
  let continues = false;
  for (const line of lines) {
    const starts = state.quote === "" && state.depth === 0;
    if (continues || (starts && isMagic(line))) {
      continues = /\\\r?$/.test(line);
      const running = RUNNING_LINE.exec(line);
      kept.push(running === null ? blank(line) : blank(running[0]) + line.slice(running[0].length));
      continue;
    }
    follow(line, state);
    kept.push(line);
  }
  return kept.join("\n");
}

function isMagic(line: string): boolean {
  return MAGIC_LINE.test(line) || ASSIGNED.test(line) || AUTOMAGIC.test(line);
}

/** Spaces for everything but line breaks. */
export function blank(text: string): string {
  return text.replace(/[^\r\n]/g, " ");
}

/** Follows brackets and strings over lines: a line within either begins no magic. */
function follow(line: string, state: { quote: string; depth: number }): void {
  for (let at = 0; at < line.length; at++) {
    if (state.quote !== "") {
      if (line[at] === "\\") at++;
      else if (line.startsWith(state.quote, at)) {
        at += state.quote.length - 1;
        state.quote = "";
      }
      continue;
    }
    const character = line[at]!;
    if (character === "#") break;
    if (character === '"' || character === "'")
      state.quote = line.startsWith(character.repeat(3), at) ? character.repeat(3) : character;
    if (state.quote.length === 3) at += 2;
    if ("([{".includes(character)) state.depth++;
    else if (")]}".includes(character)) state.depth = Math.max(0, state.depth - 1);
  }
  // A string in single quotes ends with its line.
  if (state.quote.length === 1) state.quote = "";
}

/** `%%bigquery` with its query as `query(r""" ... """)`, of the same length: the last letters of the query make room. */
function asQuery(source: string): string {
  const [head = ""] = QUERY_HEAD.exec(source) ?? [];
  const query = source.slice(head.length).trimEnd();
  const rest = source.slice(head.length + query.length);
  const call = head.replace(/%%bigquery([^\r\n]*)/, (_, options: string) => `query(r"""${blank(options)}`);
  return `${call}${query.slice(0, -QUERY_END.length)}${QUERY_END}${rest}`;
}

const QUERY_END = '""")';
