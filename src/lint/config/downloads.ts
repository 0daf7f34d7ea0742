/** Checkpoints that a file fetches into a folder and serves from there: `hf download org/name --local-dir /models/chat`. */

import type { ServingFact } from "../facts.ts";
import { isProgram, type Launch, program, pythonModule } from "./launch.ts";
import { readArguments } from "./launch-arguments.ts";
import { type ConfigNode, itemsOf, maps, textAt } from "./tree.ts";
import type { Word } from "./words.ts";

/** Ids of checkpoints by the folder that they are fetched into. */
export type Downloads = Map<string, string>;

const HUB_ID = /^[\w.-]+\/[\w.-]+$/;

export function addDownloads(downloads: Downloads, launches: readonly Launch[]): void {
  for (const { words } of launches) {
    const [id, folder] = downloadOf(program(words)) ?? [];
    if (id !== undefined && folder !== undefined && HUB_ID.test(id)) downloads.set(folderOf(folder), id);
  }
}

/** A Truss' `model_cache`: each checkpoint under the name of its volume. */
export function addCached(downloads: Downloads, root: ConfigNode): void {
  for (const { node } of maps(root).slice(0, 1))
    for (const item of itemsOf(node.entries.find(({ key }) => key === "model_cache")?.value)) {
      const [id, volume] = [textAt(item, "repo_id"), textAt(item, "volume_folder")];
      if (id !== undefined && volume !== undefined) downloads.set(`/app/model_cache/${volume}`, id);
    }
}

/** The fact with the checkpoint that stands in the folder it serves. */
export function withDownload(fact: ServingFact, downloads: Downloads): ServingFact {
  const id = fact.model && downloads.get(folderOf(fact.model.id));
  return id === undefined ? fact : { ...fact, model: { ...fact.model!, id } };
}

function downloadOf(words: readonly Word[]): (string | undefined)[] | undefined {
  const [, verb, ...rest] = words;
  if (isProgram(words[0], /^(?:hf|huggingface-cli)$/) && verb?.value === "download") {
    const { options, positional } = readArguments(rest);
    // A flag before the id seems to take it for its value.
    const id = positional[0] ?? options.get("resume-download");
    return [id?.value, options.get("local-dir")?.value];
  }
  if (isProgram(words[0], /^modelscope$/) && verb?.value === "download") {
    const { options, positional } = readArguments(rest);
    return [options.get("model")?.value ?? positional[0]?.value, options.get("local-dir")?.value];
  }
  if (isProgram(words[0], /^git$/) && /^(?:clone|lfs)$/.test(verb?.value ?? "")) {
    const at = words.findIndex(({ value }) => /^https:\/\/huggingface\.co\//.test(value));
    const id = words[at]?.value.replace(/^https:\/\/huggingface\.co\/|(?:\.git|\/)+$/g, "");
    return [id, words[at + 1]?.value ?? id?.slice(id.lastIndexOf("/") + 1)];
  }
  const converted = pythonModule(words);
  if (converted !== undefined && /(?:^|\/)convert(?:_hf_to_gguf)?\.py$/.test(converted.module.value)) {
    const { options, positional } = readArguments(converted.rest);
    const type = options.get("outtype")?.value ?? "";
    const name = /([\w.-]+)\/*$/.exec(positional[0]?.value ?? "")?.[1];
    // Not fetched but made: 16 bits are in the file, whatever it is called.
    return /^(?:b?f16|f32)$/.test(type)
      ? [`converted/${name}-${type}.gguf`, options.get("outfile")?.value]
      : [];
  }
  const script =
    pythonModule(words) === undefined
      ? undefined
      : words.find(({ value }) => /snapshot_download\(/.test(value));
  const call =
    script && /snapshot_download\(\s*(?:repo_id\s*=\s*)?["']([^"']+)["']([^)]*)/.exec(script.value);
  return call ? [call[1], /local_dir\s*=\s*["']([^"']+)/.exec(call[2]!)?.[1]] : undefined;
}

function folderOf(path: string): string {
  return path.replace(/^\.\//, "").replace(/\/+$/, "");
}
