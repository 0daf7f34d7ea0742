/** Which reader a file is for, by its name and, where that says nothing, by how its text begins. */

export type SourceKind = "python" | "notebook" | "config";

const CONFIG_EXTENSIONS = new Set(
  "yaml yml tpl json jsonc toml dockerfile containerfile sh bash zsh ksh slurm sbatch ps1 bat cmd command pbtxt modelfile properties env cfg ini conf service container tf tfvars hcl nomad".split(
    " ",
  ),
);
const CONFIG_NAMES =
  /^(?:dockerfile|containerfile|modelfile|\.env)(?:[.-].*)?$|\.env\.[\w-]+$|^(?:procfile|\.?justfile|(?:gnu)?makefile)$|\.(?:mk|just)$|\.(?:ya?ml|tpl)\.(?:j2|tmpl|template)$/i;
const CONFIG_LANGUAGES = new Set(
  "yaml json jsonc toml dockerfile dockercompose shellscript pbtxt properties dotenv helm terraform hcl".split(
    " ",
  ),
);
/** Lock files and the like: large, made by tools, and nothing is deployed by them. */
const NOT_OURS =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|tsconfig.*\.json|composer\.lock|.*\.geojson|.*\.map)$/i;

export function kindOf(source: { path: string; text?: string; languageId?: string }): SourceKind | undefined {
  const name = source.path.slice(source.path.lastIndexOf("/") + 1).toLowerCase();
  const dot = name.lastIndexOf(".");
  const extension = dot >= 0 ? name.slice(dot + 1) : "";
  if (extension === "ipynb") return "notebook";
  if (extension === "py" || extension === "pyw") return "python";
  if (NOT_OURS.test(source.path)) return undefined;
  if (CONFIG_EXTENSIONS.has(extension) || CONFIG_NAMES.test(name)) return "config";
  if (source.languageId === "python") return "python";
  if (source.languageId && CONFIG_LANGUAGES.has(source.languageId)) return "config";
  if (dot <= 0 && source.text !== undefined) return kindOfScript(source.text);
  return undefined;
}

/** A file without an extension says by its first line what runs it. */
function kindOfScript(text: string): SourceKind | undefined {
  const first = /^\uFEFF?#!([^\r\n]*)/.exec(text)?.[1] ?? "";
  if (/\bpython[\d.]*\b/.test(first)) return "python";
  return /\b(?:ba|z|da)?sh\b/.test(first) ? "config" : undefined;
}
