/** What a notebook writes and runs besides its Python: `%%writefile` cells, shell cells, `!` lines. */

import type { WrittenFile } from "../facts.ts";
import { pattern } from "../pattern.ts";
import { mentionsMachineLearning } from "../python/prefilter.ts";
import { kindOf } from "../source-kind.ts";
import { blank } from "./magics.ts";

const WRITES = /^\s*%%(?:writefile|file)[ \t]+(?:-a[ \t]+)?["']?([^\s"']+)["']?[ \t]*\r?\n/;
const SHELL = /^\s*%%(?:bash|sh|script[ \t]+(?:--\S+[ \t]+)*\w*sh)\b[^\n]*\n/;
/** Commands that a shell cell is worth reading for. */
const SERVES = pattern()`
  vllm|sglang|text-generation|llama|ollama|lmdeploy|trt(?:exec|llm)|tritonserver|docker run|optimum-cli|
  tf2onnx|tflite_convert|tensorflowjs_converter|ct2-|paddle2onnx|transformers\.onnx|export\.py|
  yolo .*export
`;
/** What shell commands of a cell are called. */
export const SHELL_NAME = "cell.sh";

/** Files of one cell. @param start where the cell begins in the program */
export function writtenFiles(source: string, start: number): WrittenFile[] {
  const written = WRITES.exec(source);
  if (written !== null) {
    const file = fileOf(written[1]!, source.slice(written[0].length), start + written[0].length);
    const kind = kindOf(file);
    const isWorth = kind === "config" || (kind === "python" && mentionsMachineLearning(file.text));
    return isWorth ? [file] : [];
  }
  const shell = SHELL.exec(source);
  if (shell !== null) {
    const body = source.slice(shell[0].length);
    return SERVES.test(body) ? [fileOf(SHELL_NAME, body, start + shell[0].length)] : [];
  }
  if (isPasted(source)) return [fileOf(SHELL_NAME, source, start)];
  if (!/^[ \t]*!/m.test(source)) return [];
  const commands = shellLines(source);
  return SERVES.test(commands) ? [fileOf(SHELL_NAME, commands, start)] : [];
}

/** A command for a terminal that stands in a cell as it is, for the reader to copy. */
const isPasted = (source: string): boolean =>
  /^(?:sudo )?(?:docker run|vllm serve|text-generation-launcher|python3? -m (?:vllm|sglang)\.)/m.test(
    source,
  ) && !/"""|'''/.test(source);

/** A program's text that holds a manifest for Kubernetes is a file that it applies or writes. */
const MANIFEST = /("""|''')(\s*(?:---\s*)?apiVersion:[^\\]*?)\1/g;
const MOST_MANIFESTS = 20;

/** Manifests in a program's strings. */
export function manifestsIn(text: string): WrittenFile[] {
  if (!text.includes("apiVersion:")) return [];
  const found: WrittenFile[] = [];
  for (const match of text.matchAll(MANIFEST)) {
    if (found.length >= MOST_MANIFESTS) break;
    const body = match[2]!;
    if (/^kind:/m.test(body) || /\n\s*kind:/.test(body))
      found.push(fileOf("manifest.yaml", body, match.index + match[1]!.length));
  }
  return found;
}

function fileOf(path: string, text: string, start: number): WrittenFile {
  return { path, text, start };
}

/** The `!` lines of a cell with what continues them; everything else is blanked. */
function shellLines(source: string): string {
  let continues = false;
  return source
    .split("\n")
    .map((line) => {
      const begins = /^[ \t]*!/.test(line);
      if (!begins && !continues) return blank(line);
      continues = /\\\r?$/.test(line);
      return begins ? line.replace("!", " ") : line;
    })
    .join("\n");
}
