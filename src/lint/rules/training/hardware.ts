/** Whether a training runs on an accelerator, and whether it is more than a toy. */

import { pattern } from "../../pattern.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import { usesGpu } from "../python-precision.ts";

/** True when the program names an accelerator; its training then runs there where there is one. */
export function trainsOnAccelerator(facts: PythonFacts): boolean {
  return (
    usesGpu(facts) === true ||
    facts.calls.some(
      ({ callee }) =>
        /^torch\.(?:accelerator|cuda)\.(?:current_accelerator|set_device|set_device_index|device_count|current_device)$/.test(
          callee,
        ) || /^tensorflow\.distribute\.(?:MirroredStrategy|MultiWorkerMirroredStrategy)$/.test(callee),
    ) ||
    facts.strings.some(({ value }) => /^\/(?:device:)?GPU:\d+$/i.test(value))
  );
}

const TOY_DATA =
  /mnist|(?:^|[^a-z])(?:iris|digits|make_(?:moons|blobs|circles|classification|regression))(?:[^a-z]|$)/i;

/** MNIST and sets of its size: seconds of training, whatever is done to it. */
export function isToy(facts: PythonFacts): boolean {
  return (
    TOY_DATA.test(facts.file) ||
    facts.calls.some(({ callee }) => TOY_DATA.test(callee)) ||
    facts.imports.some(({ module, name }) => TOY_DATA.test(`${module}.${name ?? ""}`)) ||
    facts.strings.some(({ value }) => value.length < 80 && /mnist/i.test(value))
  );
}

const LARGE_MODEL = pattern()`
  ^(?:
    torchvision\.models\.(?!feature_extraction)[\w.]+|timm\.(?:models\.)?create_model|
    segmentation_models_pytorch\.\w+|efficientnet_pytorch\.\w+\.from_\w+|
    transformers\.\w+\.from_(?:pretrained|config)|diffusers\.\w+\.from_pretrained|
    (?:tensorflow\.)?keras\.applications\.[\w.]+
  )$
`;

const IMAGE_SET =
  /^torchvision\.datasets\.(?:ImageFolder|ImageNet|CIFAR10|CIFAR100|STL10|SVHN|Places365|CocoDetection|VOC\w+|Cityscapes|INaturalist|Food101|CelebA|Caltech\w+|LSUN|Kinetics)$/;

/** What makes it more than a toy: a model of a library of large ones, or a set of images over many epochs. */
export function sizeableModel(facts: PythonFacts): string | undefined {
  return facts.calls.find(
    ({ callee }) =>
      LARGE_MODEL.test(callee) &&
      !/\.(?:transforms|processing|image_processor)|Tokenizer|Processor|FeatureExtractor|preprocess_input|decode_predictions/.test(
        callee,
      ),
  )?.callee;
}

export function imageSet(facts: PythonFacts): string | undefined {
  return facts.calls.find(({ callee }) => IMAGE_SET.test(callee))?.callee;
}
