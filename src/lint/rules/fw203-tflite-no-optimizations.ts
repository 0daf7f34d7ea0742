/** FW203: a TensorFlow Lite conversion without optimizations keeps float32 weights. */

import type { Call } from "../python/python-facts.ts";
import { findingOf, type Rule } from "../rule.ts";
import { isOffByDefault } from "./default-branches.ts";

export const tfliteNoOptimizations: Rule = {
  code: "FW203",
  name: "tflite-no-optimizations",
  default: true,
  severity: "warning",
  fix: "unsafe",
  appliesTo: ["python"],
  docs: {
    what: "A model is converted to TensorFlow Lite and no optimization is set, or only where an option asks for it, so its weights stay float32.",
    why: "Dynamic-range quantization (`tf.lite.Optimize.DEFAULT`) makes the file 4 times smaller and inference on a CPU 2 to 3 times faster by its makers' own figures. Accuracy must be measured afterwards.",
    silencedBy: [
      "`optimizations`, float16 `supported_types` or an older quantization attribute set on a converter of the file.",
      "A file that converts both ways in order to compare, or gives its converter to something that quantizes.",
      "A network that is put together in the file and neither trained nor given weights, or that is a single line.",
    ],
    fixSafety: "Outputs change slightly, and a few operators do not run quantized.",
    references: [
      "LiteRT (TensorFlow Lite) documentation, Post-training quantization: dynamic range quantization, 4x smaller, 2x-3x speedup, CPU (2025)",
    ],
  },
  examples: {
    bad: [
      {
        file: "convert.py",
        text: 'import tensorflow as tf\n\nconverter = tf.lite.TFLiteConverter.from_saved_model("model")\nopen("model.tflite", "wb").write(converter.convert())\n',
        findings: ["tf.lite.TFLiteConverter.from_saved_model"],
      },
      {
        // What an option asks for, whose default is float32.
        file: "convert.py",
        text: 'import tensorflow as tf\nfrom absl import app, flags\n\nFLAGS = flags.FLAGS\nflags.DEFINE_string("mode", "float32", "int8, float16 or float32")\n\ndef main(_):\n    converter = tf.lite.TFLiteConverter.from_saved_model("model")\n    if FLAGS.mode == "float16":\n        converter.optimizations = [tf.lite.Optimize.DEFAULT]\n        converter.target_spec.supported_types = [tf.float16]\n    elif FLAGS.mode == "int8":\n        converter.optimizations = [tf.lite.Optimize.DEFAULT]\n    open("m.tflite", "wb").write(converter.convert())\n\napp.run(main)\n',
        findings: ["tf.lite.TFLiteConverter.from_saved_model"],
      },
      {
        // A parameter that the command line leaves at False.
        file: "convert.py",
        text: 'import argparse\nimport tensorflow as tf\n\ndef convert(folder, quantize=False):\n    converter = tf.lite.TFLiteConverter.from_saved_model(folder)\n    if quantize:\n        converter.optimizations = [tf.lite.Optimize.DEFAULT]\n    return converter.convert()\n\nparser = argparse.ArgumentParser()\nparser.add_argument("folder")\nparser.add_argument("--quantize", action="store_true")\nargs = parser.parse_args()\nopen("m.tflite", "wb").write(convert(args.folder, quantize=args.quantize))\n',
        findings: ["tf.lite.TFLiteConverter.from_saved_model"],
      },
      {
        file: "convert.py",
        text: 'import click\nimport tensorflow as tf\n\n@click.command()\n@click.option("--int8", is_flag=True)\ndef convert(int8):\n    converter = tf.lite.TFLiteConverter.from_saved_model("model")\n    if int8:\n        converter.optimizations = [tf.lite.Optimize.DEFAULT]\n    open("m.tflite", "wb").write(converter.convert())\n\nconvert()\n',
        findings: ["tf.lite.TFLiteConverter.from_saved_model"],
      },
      {
        file: "convert.py",
        text: 'import tensorflow as tf\n\nconverter = tf.lite.TFLiteConverter.from_saved_model("model")\ndata = converter.convert()\n',
        findings: ["tf.lite.TFLiteConverter.from_saved_model"],
      },
      {
        file: "convert.py",
        text: 'import tensorflow as tf\n\nconverter = tf.lite.TFLiteConverter.from_saved_model("model")\nconverter.optimizations = []\ndata = converter.convert()\n',
        findings: ["tf.lite.TFLiteConverter.from_saved_model"],
      },
    ],
    good: [
      {
        file: "convert.py",
        text: 'import tensorflow as tf\n\nconverter = tf.lite.TFLiteConverter.from_saved_model("model")\nconverter.optimizations = [tf.lite.Optimize.DEFAULT]\nopen("model.tflite", "wb").write(converter.convert())\n',
        findings: [],
      },
      {
        // Lowered by default; by an option that must be given, by a caller elsewhere: below.
        file: "export.py",
        text: 'import argparse\nimport tensorflow as tf\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--precision", default="int8")\nargs = parser.parse_args()\nconverter = tf.lite.TFLiteConverter.from_saved_model("model")\nif args.precision == "float32":\n    print("large")\nelse:\n    converter.optimizations = [tf.lite.Optimize.DEFAULT]\ndata = converter.convert()\n',
        findings: [],
      },
      {
        file: "export.py",
        text: 'import argparse\nimport tensorflow as tf\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--mode", required=True)\nargs = parser.parse_args()\nconverter = tf.lite.TFLiteConverter.from_saved_model("model")\nif args.mode == "int8":\n    converter.optimizations = [tf.lite.Optimize.DEFAULT]\ndata = converter.convert()\n',
        findings: [],
      },
      {
        file: "export.py",
        text: "import tensorflow as tf\n\ndef export(folder, quantize=False):\n    converter = tf.lite.TFLiteConverter.from_saved_model(folder)\n    if quantize:\n        converter.optimizations = [tf.lite.Optimize.DEFAULT]\n    return converter.convert()\n",
        findings: [],
      },
      {
        // An object that callers give decides.
        file: "export.py",
        text: "import tensorflow as tf\n\ndef export(folder, quantization_config=None):\n    converter = tf.lite.TFLiteConverter.from_saved_model(folder)\n    if quantization_config:\n        converter = quantization_config.apply(converter)\n    return converter.convert()\n",
        findings: [],
      },
      {
        // What it makes has learnt nothing.
        file: "try.py",
        text: 'import tensorflow as tf\n\nx = tf.keras.layers.Input(shape=(80,))\nmodel = tf.keras.Model(x, tf.keras.layers.LSTM(8)(tf.keras.layers.Embedding(300, 8)(x)))\nopen("m.tflite", "wb").write(tf.lite.TFLiteConverter.from_keras_model(model).convert())\n',
        findings: [],
      },
      {
        file: "convert.py",
        text: 'import tensorflow as tf\n\nconverter = tf.lite.TFLiteConverter.from_saved_model("model")\nconverter.optimizations = [tf.lite.Optimize.DEFAULT]\ndata = converter.convert()\n',
        findings: [],
      },
      {
        file: "convert.py",
        text: 'import tensorflow as tf\n\nconverter = tf.lite.TFLiteConverter.from_saved_model("model")\nconverter.optimizations = [tf.lite.Optimize.OPTIMIZE_FOR_SIZE]\ndata = converter.convert()\n',
        findings: [],
      },
      {
        // Two weights.
        file: "line.py",
        text: "import tensorflow as tf\n\nmodel = tf.keras.Sequential([tf.keras.layers.Dense(units=1, input_shape=[1])])\nmodel.fit([1, 2, 3], [3, 5, 7], epochs=200)\ndata = tf.lite.TFLiteConverter.from_keras_model(model).convert()\n",
        findings: [],
      },
    ],
  },
  check({ facts }) {
    if (facts.kind !== "python") return [];
    const converters = facts.serving.filter((fact) => fact.system === "tflite");
    if (converters.length === 0 || !facts.calls.some(({ method }) => method === "convert")) return [];
    if (isLine(facts.calls) || isUntrained(facts.calls)) return [];
    // Set on any converter, also through an attribute or a helper: the file knows of it.
    const set = facts.assignments.filter(({ target }) =>
      /\.(optimizations|post_training_quantize|inference_type|quantized_input_stats|representative_dataset|target_spec\.supported_types)$/.test(
        target,
      ),
    );
    // An empty list asks for none, and so does what no option asks for by default.
    const lowered = set.some(
      ({ value, range }) => value.items?.length !== 0 && !isOffByDefault(range.start, facts),
    );
    const empty = set.find(({ value }) => value.items?.length === 0);
    if (
      lowered ||
      facts.calls.some(({ callee, receiver }) =>
        /setattr$|quantiz|tfmot|mct\./.test(`${receiver?.name ?? ""}.${callee}`),
      )
    )
      return [];
    const isOptional = empty === undefined && set.length > 0;
    return converters.map((fact) => {
      const edit =
        empty !== undefined
          ? { range: empty.value.range, newText: optimizeDefault(facts.text) }
          : isOptional
            ? undefined
            : fact.insertSetting?.("optimizations", optimizeDefault(facts.text));
      return findingOf(tfliteNoOptimizations, {
        range: fact.range,
        message: isOptional
          ? "This TensorFlow Lite conversion sets no optimizations unless an option asks for them: by default the weights stay float32."
          : "This TensorFlow Lite conversion sets no optimizations, so the weights stay float32.",
        why: [
          isOptional
            ? "What lowers the precision stands behind an option, whose default does not take that way."
            : "No converter of the file has `optimizations` or lower-precision types set before it converts.",
        ],
        silencedBy: [
          "`converter.optimizations = [tf.lite.Optimize.DEFAULT]`, or float16 in `target_spec.supported_types`.",
        ],
        fixes:
          edit === undefined
            ? []
            : [
                {
                  title: "Quantize the weights (Optimize.DEFAULT)",
                  safety: "unsafe" as const,
                  edits: [edit],
                },
              ],
      });
    });
  },
};

/** A network of one unit, as tutorials fit to y = ax + b. */
function isLine(calls: readonly Call[]): boolean {
  const layers = calls.filter(({ callee }) => /(?:^|\.)keras\.layers\.\w+$/.test(callee));
  const [only] = layers;
  if (only?.method !== "Dense" || layers.length > 1) return false;
  return (only.keywords.get("units") ?? only.args[0])?.literal === 1;
}

/** Layers that are put together here, and no weights for them: a converter is tried. */
function isUntrained(calls: readonly Call[]): boolean {
  return (
    calls.some(({ callee }) => /(?:^|\.)keras\.layers\.\w+$/.test(callee)) &&
    !calls.some(
      ({ callee, method }) =>
        /^(?:fit\w*|train\w*|load\w*|restore|set_weights|apply_gradients|minimize|import_\w+)$/.test(
          method,
        ) || /keras\.applications\.|tensorflow_hub\./.test(callee),
    )
  );
}

function optimizeDefault(text: string): string {
  const name =
    /^import tensorflow as (\w+)/m.exec(text)?.[1] ??
    (/^import tensorflow$/m.test(text) ? "tensorflow" : "tf");
  return `[${name}.lite.Optimize.DEFAULT]`;
}
