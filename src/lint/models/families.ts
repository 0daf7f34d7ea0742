/**
 * Families of models: what their names begin with, sizes that names leave out, and which are published quantized.
 *
 * Sources: model cards on the Hugging Face Hub (parameter counts; `quantization_config` of DeepSeek-V3/R1: fp8, of gpt-oss:
 * mxfp4, of Kimi-K2: fp8 and K2-Thinking: int4, of MiniMax-M2: fp8). Read 2026.
 */

import { pattern } from "../pattern.ts";

export interface Family {
  name: string;
  pattern: RegExp;
  /** When no part of the name says it. */
  billions?: number;
  sizes?: readonly [RegExp, number][];
  /** All experts of models whose names say the active part ("17B-16E"). */
  experts?: readonly [RegExp, number][];
}

/** Generative families. */
export const FAMILIES: readonly Family[] = [
  {
    name: "Phi",
    pattern: /(^|[-_/])phi-?\d/,
    sizes: [
      [/phi-?4-mini|phi-?3\.5-mini|phi-?3-mini/, 3.8],
      [/phi-?3\.5-moe/, 41.9],
      [/phi-?3-small/, 7.4],
      [/phi-?3-medium/, 14],
      [/vision/, 4.2],
      [/phi-?4-multimodal/, 5.6],
      [/phi-?4/, 14.7],
      [/phi-?2/, 2.7],
      [/phi-?1/, 1.3],
    ],
  },
  {
    name: "GPT-2",
    pattern: /(^|[-_/])(distil)?gpt-?2/,
    sizes: [
      [/xl/, 1.5],
      [/large/, 0.774],
      [/medium/, 0.355],
      [/distil/, 0.082],
      [/gpt-?2/, 0.124],
    ],
  },
  { name: "gpt-oss", pattern: /gpt-oss/ },
  {
    name: "DeepSeek",
    pattern: /deepseek/,
    sizes: [
      [/v3|r1-zero|r1-0528|deepseek-r1$/, 671],
      [/v2-lite|v2-chat-lite|coder-v2-lite/, 15.7],
      [/v2|coder-v2/, 236],
      [/vl2/, 27],
      [/ocr/, 3.3],
    ],
  },
  {
    name: "Llama",
    experts: [
      [/llama-?4.*scout|scout-17b/, 109],
      [/llama-?4.*maverick|maverick-17b/, 400],
    ],
    pattern:
      /llama|alpaca|vicuna|wizard(lm|coder|math)|guanaco|orca|open_?llama|codellama|nous-?hermes|tulu|zephyr|airoboros|saiga|koala|orpheus/,
    sizes: [
      [/tinyllama/, 1.1],
      [/zephyr-7b/, 7.2],
      [/orpheus/, 3],
      // No smaller one was published under these names.
      [/alpaca|vicuna|koala/, 7],
    ],
  },
  {
    name: "Mistral",
    pattern: /mistral|mixtral|codestral|ministral|devstral|magistral|pixtral/,
    sizes: [
      [/8x22b/, 141],
      [/mistrallite$/, 7.2],
      [/8x7b/, 46.7],
      [/large/, 123],
      [/small|devstral|magistral/, 24],
      [/nemo/, 12.2],
      [/codestral/, 22.2],
    ],
  },
  {
    name: "Qwen",
    pattern: /qwen|qwq/,
    sizes: [
      [/qwq/, 32.8],
      [/qwen-vl(-chat)?$/, 9.6],
      [/qwen-audio(-chat)?$/, 8.4],
      [/qwen3-coder-instruct/, 480],
      [/qwen3-(?:coder-)?next/, 80],
    ],
  },
  {
    name: "Gemma",
    pattern: /gemma/,
    sizes: [
      [/3n-e2b/, 6],
      [/3n-e4b/, 8],
    ],
  },
  { name: "Falcon", pattern: /falcon/ },
  { name: "Bloom", pattern: /(^|\/)(bloom|bloomz)($|[-_.])/, billions: 176 },
  { name: "OPT", pattern: /(^|[-_/])opt-\d/ },
  {
    name: "GPT-J/NeoX",
    pattern: /gpt-?j|gpt-?neo|pythia|dolly|redpajama|stablelm|openassistant|oasst|gpt4all/,
    sizes: [
      [/gpt-?j/, 6],
      [/neox/, 20],
      [/stablelm-2-zephyr/, 1.6],
    ],
  },
  { name: "MPT", pattern: /(^|[-_/])mpt-/ },
  {
    name: "T5",
    pattern: /(flan-?)?(ul2|t5|mt5|t0pp?|byt5)($|[-_])/,
    sizes: [
      [/ul2/, 20],
      [/xxl|11b|t0pp/, 11],
      [/xl|3b/, 3],
      [/large/, 0.77],
      [/base/, 0.25],
      [/small/, 0.08],
    ],
  },
  {
    name: "StarCoder",
    pattern: /starcoder|santacoder|starchat|starcoderbase/,
    sizes: [
      [/santacoder/, 1.1],
      [/starcoder2/, 15],
      [/starc/, 15.5],
    ],
  },
  {
    name: "CodeGen",
    pattern: /codegen|codet5p|incoder|replit-code|stable-code|codegeex/,
    sizes: [
      [/replit-code-v1_5/, 3.3],
      [/replit-code/, 2.7],
      [/codegeex/, 13],
    ],
  },
  {
    name: "ChatGLM",
    pattern: /chatglm|glm-?\d|internlm|baichuan|yi-\d|aquila|xverse|minicpm|moss-moon|telechat/,
    sizes: [
      [/chatglm/, 6.2],
      [/glm-?4\.5v/, 108],
      [/minicpm-[vo]-?2[._]6/, 8.1],
      [/minicpm-llama3-v/, 8.5],
      [/glm-?4\.[56]-air/, 106],
      [/glm-?4\.7-flash/, 31],
      [/glm-?4\.[567]/, 355],
      [/glm-?5/, 744],
      [/glm-?4-9b|glm-?4-chat/, 9.4],
    ],
  },
  {
    name: "Command",
    pattern: /command-r|aya-|c4ai/,
    sizes: [
      [/plus/, 104],
      [/command-r7b/, 8],
      [/command-r/, 35],
      [/command-a/, 111],
    ],
  },
  { name: "DBRX", pattern: /dbrx/, billions: 132 },
  { name: "Grok", pattern: /grok-\d/, billions: 314 },
  {
    name: "Kimi",
    pattern: /kimi-(k2|vl)/,
    experts: [[/kimi-vl-a3b/, 16.4]],
    sizes: [[/kimi-k2/, 1026]],
  },
  { name: "MiniMax", pattern: /minimax-(m1|m2|text)/, billions: 230 },
  { name: "Granite", pattern: /granite-|granite\d/ },
  { name: "OLMo", pattern: /olmo|molmo/ },
  {
    name: "Jamba/Mamba",
    pattern: /jamba|mamba|rwkv|zamba|recurrentgemma/,
    sizes: [
      [/jamba.*mini|jamba-v0/, 52],
      [/jamba.*large/, 398],
    ],
  },
  {
    name: "SmolLM",
    pattern: /smollm|tinyllama|smolvlm/,
    sizes: [
      [/smolvlm/, 2.2],
      [/tinyllama/, 1.1],
    ],
  },
  {
    name: "vision language",
    pattern:
      /llava|internvl|idefics|cogvlm|blip-?2|instructblip|moondream|kosmos|florence|paligemma|got-ocr|nanonets-ocr|dots\.ocr|rolmocr/,
    sizes: [
      [/bakllava/, 7],
      [/cogvlm2/, 19],
      [/cogvlm/, 17.6],
      [/kosmos-2/, 1.7],
      [/florence-?2-base/, 0.23],
      [/florence-?2-large/, 0.77],
      [/nanonets-ocr/, 3.8],
      [/dots\.ocr/, 3],
      [/rolmocr/, 8.3],
      [/moondream/, 1.9],
      [/blip-?2.*opt-2\.7b/, 3.7],
    ],
  },
  {
    name: "SOLAR",
    pattern: pattern()`
        solar-|nemotron|exaone|arctic|hermes|openchat|dolphin|starling|neural-chat|xgen|persimmon|fuyu|btlm|
        polyglot|kullm|swallow|elyza|rinna|sarvam|bielik|eurollm|teuken|apertus|seed-oss|hunyuan|ernie-4|ling-|
        trinity
      `,
    sizes: [
      [/nemotron-mini/, 4],
      [/openchat/, 7],
      [/starling/, 7],
      [/fuyu/, 9],
    ],
  },
  {
    // Speech and text, translated either way.
    name: "Seamless",
    pattern: /seamless/,
    sizes: [
      [/medium/, 1.2],
      [/seamless/, 2.3],
    ],
  },
];

/** Published quantized although most names do not say so. */
export const NATIVELY_QUANTIZED: readonly { pattern: RegExp; unless?: RegExp; format: string }[] = [
  {
    pattern: /deepseek-(v3|v4|r1)/, // Distilled into smaller ones, as their sizes say.
    unless: /distill|bf16|base-bf16|llama|qwen|-(?:1\.5|7|8|14|32|70)b/,
    format: "FP8",
  },
  { pattern: /gpt-oss/, unless: /bf16|f16/, format: "MXFP4" },
  { pattern: /kimi-k2-thinking|kimi-k2\.5/, format: "INT4" },
  {
    pattern:
      /kimi-k2|minimax-m2|ling-1t-fp8|mistral-small-4|mistral-large-3|ministral-3|devstral-(small-)?2(-|$)/,
    unless: /bf16/,
    format: "FP8",
  },
];

/** Encoders for classification and the like. */
export const ENCODERS = pattern()`
  (^|[-_/])(bert|roberta|distilbert|distilroberta|albert|deberta|electra|xlm-?r|xlm-roberta|camembert|
    finbert|biobert|modernbert|mobilebert|longformer|layoutlm\w*|codebert|legal-bert|bertweet|squeezebert|
    tinybert)([-_.]|$)|
  bert-|-bert|roberta
`;

export const IMAGE_MODELS = pattern()`
  stable-?diffusion|sdxl|sd-?turbo|flux|dreamshaper|z-image|kandinsky|pixart|wan2|cogvideo|hunyuanvideo|
  controlnet|resnet|mobilenet|efficientnet|convnext|
  (^|[-_/])(vit|deit|swin|beit|dino|dinov2|sam|sam2|yolo\w*|detr|clip|siglip|segformer|densenet\w*|
    inception\w*|vgg\d*)([-_/.]|$)|
  qwen-image|ltx-video
`;

export const SPEECH_MODELS =
  /whisper|wav2vec|hubert|wavlm|(^|[-_/])(bark|xtts|vits|tacotron\w*|speecht5|musicgen|parler|kokoro|parakeet|canary|encodec|mms-tts|seamless)([-_/.]|$)/;
