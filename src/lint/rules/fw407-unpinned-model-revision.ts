/** FW407: a server loads a model from a hub by its name alone, so that it gets whatever stands there on the day. */

import { literalOf } from "../config/systems/python-values.ts";
import type { ServingFact } from "../facts.ts";
import type { Finding, TextRange } from "../finding.ts";
import { modelInfo } from "../models/model-id.ts";
import { pattern } from "../pattern.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";

/** By system, the settings that name a revision (launch arguments and environment variables of their sources). */
const REVISIONS: Readonly<Record<string, readonly string[]>> = {
  vllm: ["revision"],
  sglang: ["revision"],
  tgi: ["revision", "REVISION"],
  tei: ["revision", "REVISION"],
  lmdeploy: ["revision"],
  fastchat: ["revision"],
  kserve: ["model-revision", "revision"],
  sagemaker: ["HF_MODEL_REVISION", "REVISION", "OPTION_REVISION", "SM_VLLM_REVISION", "revision"],
  djl: ["revision"],
  bentovllm: ["revision"],
  "vllm-production-stack": ["revision"],
};
/** Folders of a project, which no organization of a hub is called. */
const FOLDERS = pattern("i")`
  ^(?:
    models?|checkpoints?|ckpts?|outputs?|out|weights|saved\w*|artifacts?|data|results?|runs?|tmp|app|src|
    mnt|opt|home|cache|local|assets|trained\w*|fine[-_]?tuned?\w*|experiments?|lib|root|data_?sets?|path|to|
    your\w*|my\w*|my-\w*|username|user|org|organization
  )$
`;
/** Names without an organization that the hub keeps for its first models. */
const CANONICAL =
  /^(?:bert-(?:base|large)|distilbert-|gpt2|distilgpt2|roberta-(?:base|large)|xlm-roberta-|t5-(?:small|base|large|3b|11b)|albert-|camembert-|xlnet-|openai-gpt|distilroberta-)/;
const UNPINNED = /^(?:|main|master|latest|head)$/i;

function check({ facts }: RuleContext): Finding[] {
  const served = facts.serving.flatMap((fact) => fromFact(fact));
  if (facts.kind === "config") return served.map(finding);
  const seen = new Set(served.map(({ range }) => range.start));
  const loaded = facts.server === undefined ? [] : loads(facts).filter(({ range }) => !seen.has(range.start));
  return [...served, ...loaded].map(finding);
}

interface Unpinned {
  id: string;
  range: TextRange;
  how: string;
  remoteCode: boolean;
}

function finding({ id, range, how, remoteCode }: Unpinned): Finding {
  return findingOf(unpinnedModelRevision, {
    range,
    message: `${modelInfo(id).name} is served at no fixed revision: a change on the hub reaches the server with its next start.`,
    why: [
      `The server names the model ${id} and sets no ${how}.`,
      ...(remoteCode ? ["It also runs the code that lies beside the weights (trust_remote_code)."] : []),
    ],
    silencedBy: unpinnedModelRevision.docs.silencedBy,
  });
}

function fromFact({ system, model, settings }: ServingFact): Unpinned[] {
  const names = REVISIONS[system];
  if (names === undefined || model === undefined) return [];
  const id = model.id.replace(/^(?:hf|huggingface):\/\//, "");
  if (!isOnHub(id) || /@/.test(id)) return [];
  const set = names.map((name) => settings.get(name)?.value).find((value) => value !== undefined);
  const everything = [...settings.values()].some(({ value }) => value === "$kwargs");
  if (everything || (set !== undefined && !UNPINNED.test(set))) return [];
  const trust = settings.get("trust-remote-code") ?? settings.get("HF_MODEL_TRUST_REMOTE_CODE");
  const remoteCode = trust !== undefined && !/^(?:false|0)$/i.test(trust.value);
  return [{ id, range: model.range, how: names[0]!, remoteCode }];
}

/** `from_pretrained`, `pipeline` and downloads of the Python libraries. */
function loads(facts: PythonFacts): Unpinned[] {
  return facts.calls.flatMap((call) => {
    const value = modelArgument(call);
    const id = literalOf(value);
    if (value === undefined || typeof id !== "string" || !isOnHub(id) || call.hasUnknownArguments) return [];
    const revision = call.keywords.get("revision");
    const pinned = literalOf(revision);
    if (revision !== undefined && !(typeof pinned === "string" && UNPINNED.test(pinned))) return [];
    if (literalOf(call.keywords.get("local_files_only")) === true) return [];
    const remoteCode = literalOf(call.keywords.get("trust_remote_code")) === true;
    return [{ id, range: call.calleeRange, how: "revision", remoteCode }];
  });
}

function modelArgument(call: Call) {
  const { callee, method, args, keywords } = call;
  if (method === "from_pretrained") {
    const library =
      /^(?:transformers|diffusers|optimum|peft|auto_gptq|awq|sentence_transformers|open_clip|timm)\b/;
    // A tokenizer or processor follows its model; the model is what is spoken of.
    if (
      !library.test(callee) ||
      /(?:Tokenizer|TokenizerFast|Processor|Config|Extractor|Scheduler)\.from_pretrained$/.test(callee)
    )
      return undefined;
    return args[0] ?? keywords.get("pretrained_model_name_or_path");
  }
  if (/^transformers\.(?:pipelines\.)?pipeline$/.test(callee)) return keywords.get("model") ?? args[1];
  if (/^sentence_transformers\.(?:SentenceTransformer|CrossEncoder)$/.test(callee))
    return args[0] ?? keywords.get("model_name_or_path");
  if (/^huggingface_hub\.(?:snapshot_download|hf_hub_download)$/.test(callee))
    return args[0] ?? keywords.get("repo_id");
  return undefined;
}

function isOnHub(id: string): boolean {
  if (modelInfo(id).placeholder || /[\s$<>{}\\]|^[./~]|:\/\//.test(id)) return false;
  const parts = id.split("/");
  if (parts.length === 1) return CANONICAL.test(id);
  return (
    parts.length === 2 &&
    !FOLDERS.test(parts[0]!) &&
    /^[\w.-]+$/.test(parts[0]!) &&
    /^[\w.-]+$/.test(parts[1]!)
  );
}

const server = "from fastapi import FastAPI\nfrom transformers import AutoModel\napp = FastAPI()\n";

export const unpinnedModelRevision: Rule = {
  code: "FW407",
  name: "unpinned-model-revision",
  default: false,
  severity: "warning",
  fix: "none",
  appliesTo: ["python", "config"],
  docs: {
    what: "A server loads a model from the Hugging Face Hub and names no revision, or only a branch.",
    why: "The owner of the repository can replace weights, tokenizer and code at any time; which of them answered a request can then not be said. With trust_remote_code the new code runs on the server.",
    silencedBy: [
      "A `revision` (a commit or a tag): keyword of from_pretrained, `--revision` of vLLM, SGLang, TGI, TEI, LMDeploy and FastChat, `--model_revision` of KServe, HF_MODEL_REVISION of SageMaker, option.revision of DJL. `huggingface_hub.model_info(id).sha` says the present one.",
      "A path, a bucket or a variable in place of the hub's name; files that serve nothing.",
    ],
    references: [
      "Hugging Face Hub documentation, Download files: revision (2026)",
      "DJL Serving, LMI configurations: option.revision, recommended (2026)",
      "Text Generation Inference, launcher arguments: passing a revision is encouraged with trust-remote-code (2026)",
    ],
  },
  examples: {
    bad: [
      {
        file: "app.py",
        text: `${server}model = AutoModel.from_pretrained("intfloat/e5-large", revision="main")\n`,
        findings: ["AutoModel.from_pretrained"],
      },
      {
        file: "run.sh",
        text: "vllm serve Qwen/Qwen2.5-7B-Instruct-AWQ --trust-remote-code\n",
        findings: ["Qwen/Qwen2.5-7B-Instruct-AWQ"],
      },
    ],
    good: [
      {
        file: "app.py",
        text: `${server}model = AutoModel.from_pretrained("intfloat/e5-large", revision="4dc6d853a804b9c8886ede6dda8a073b7dc08a81")\n`,
        findings: [],
      },
      {
        file: "app.py",
        text: `${server}model = AutoModel.from_pretrained("models/e5-large")\n`,
        findings: [],
      },
      {
        file: "train.py",
        text: 'from transformers import AutoModel\nmodel = AutoModel.from_pretrained("intfloat/e5-large")\n',
        findings: [],
      },
      {
        file: "run.sh",
        text: "vllm serve Qwen/Qwen2.5-7B-Instruct-AWQ --revision b25037543e9394b818fdfca67ab2a00ecc7dd641\n",
        findings: [],
      },
      { file: "run.sh", text: "vllm serve /models/Qwen2.5-7B-Instruct\n", findings: [] },
    ],
  },
  check,
};
