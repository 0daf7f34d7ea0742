/** FW112: a model reads age, gender, ethnicity or emotion off faces or voices. */

import type { Finding } from "../finding.ts";
import type { Call, PythonFacts, Value } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { listed } from "./fairness/messages.ts";

const ATTRIBUTE = /age|gender|sex|race|ethnic|emotion|fairface/i;

function check({ facts }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  for (const call of facts.calls) {
    const inferred = inferredBy(call, facts);
    if (inferred === undefined) continue;
    return [
      findingOf(sensitiveOutputModel, {
        range: call.calleeRange,
        message: `${call.method} infers ${listed(inferred)} from faces or voices: biometric categorisation and emotion recognition have limits of their own.`,
        why: [`${call.callee} gives ${listed(inferred)} of persons.`],
        silencedBy: sensitiveOutputModel.docs.silencedBy,
      }),
    ];
  }
  return [];
}

function inferredBy(call: Call, facts: PythonFacts): string[] | undefined {
  if (/^deepface\.DeepFace\.analyze$/.test(call.callee)) return actionsOf(call);
  if (/^(?:fer\.FER\.(?:detect_emotions|top_emotion)|hsemotion\..*\.predict_emotions)$/.test(call.callee))
    return ["emotion"];
  if (/^insightface\.app\.FaceAnalysis\.get$/.test(call.callee)) {
    const read = ["gender", "age", "sex"].filter((name) =>
      facts.columns.some((column) => column.name === name),
    );
    return read.length > 0 ? read : undefined;
  }
  if (call.callee === "transformers.pipeline" || call.method === "from_pretrained") return ofModel(call);
  return undefined;
}

/** DeepFace without `actions` gives all four. */
function actionsOf(call: Call): string[] | undefined {
  const actions = call.keywords.get("actions") ?? call.args[1];
  if (actions === undefined) return ["emotion", "age", "gender", "race"];
  const named = (actions.items ?? []).flatMap((item) =>
    typeof item.literal === "string" ? [item.literal] : [],
  );
  return named.length > 0 ? named : undefined;
}

/** A checkpoint of image or audio classification that is named for such an attribute. */
function ofModel(call: Call): string[] | undefined {
  const task = textOf(call.args[0]) ?? textOf(call.keywords.get("task"));
  const model =
    textOf(call.keywords.get("model")) ??
    textOf(call.args[1]) ??
    (call.method === "from_pretrained" ? task : undefined);
  const sees =
    call.callee === "transformers.pipeline"
      ? /^(?:image|audio)-classification$/.test(task ?? "")
      : /(?:Image|Audio|Wav2Vec2|Hubert|ViT)\w*Classification/.test(call.callee);
  const found =
    model === undefined
      ? null
      : /(?:^|[-_/])(age|gender|ethnicity|race|emotion|fairface)(?:$|[-_/s])/i.exec(model);
  return sees && found !== null && ATTRIBUTE.test(found[1]!) ? [found[1]!.toLowerCase()] : undefined;
}

function textOf(value: Value | undefined): string | undefined {
  return typeof value?.literal === "string" ? value.literal : undefined;
}

export const sensitiveOutputModel: Rule = {
  code: "FW112",
  name: "sensitive-output-model",
  default: false,
  severity: "warning",
  fix: "none",
  appliesTo: ["python"],
  docs: {
    what: "A model infers age, gender, ethnicity or emotion from faces or voices.",
    why: "Such models err unevenly between groups, and several uses of them are restricted: at work and in education emotion recognition is, and categorisation by origin is everywhere.",
    silencedBy: ["Asking the library for other outputs only.", "`# fairwatt: ignore[FW112] reason`."],
    references: [
      "Regulation (EU) 2024/1689 (AI Act), Article 5(1)(f)-(g) and Annex III, point 1.",
      "Buolamwini, Gebru: Gender Shades, FAT* 2018.",
    ],
  },
  examples: {
    bad: [
      {
        file: "faces.py",
        text: 'from deepface import DeepFace\nprint(DeepFace.analyze("a.jpg", actions=["age", "gender"]))\n',
        findings: ["DeepFace.analyze"],
      },
      {
        file: "voice.py",
        text: 'from transformers import pipeline\npipe = pipeline("audio-classification", model="someone/wav2vec2-gender-recognition")\n',
        findings: ["pipeline"],
      },
    ],
    good: [
      {
        file: "verify.py",
        text: 'from deepface import DeepFace\nprint(DeepFace.verify("a.jpg", "b.jpg"))\n',
        findings: [],
      },
      {
        file: "text.py",
        text: 'from transformers import pipeline\npipe = pipeline("text-classification", model="someone/distilbert-emotion")\n',
        findings: [],
      },
      {
        file: "image.py",
        text: 'from transformers import pipeline\npipe = pipeline("image-classification", model="someone/language-image")\n',
        findings: [],
      },
    ],
  },
  check,
};
