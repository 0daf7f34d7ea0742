/** `Model.fit` of Keras: epochs, validation data, callbacks. */

import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { type Count, numberOf } from "./epochs.ts";

export interface KerasFit {
  call: Call;
  epochs?: Count;
  /** It is given data to validate on. */
  validated: boolean;
  /** Last parts of the callbacks' classes; undefined when they are not all known. */
  callbacks?: readonly string[];
}

export function kerasFits(facts: PythonFacts): KerasFit[] {
  if (!facts.imports.some(({ module }) => /^(?:tensorflow|keras|tf_keras)(?:\.|$)/.test(module))) return [];
  return facts.calls.flatMap((call) => {
    if (call.method !== "fit" || !isKeras(call) || call.hasUnknownArguments) return [];
    // fit(x, y, batch_size, epochs)
    const epochs = numberOf(facts, call.keywords.get("epochs") ?? call.args[3]);
    const callbacks = callbacksOf(facts, call.keywords.get("callbacks"));
    const validated = call.keywords.has("validation_data") || call.keywords.has("validation_split");
    return [{ call, validated, ...(epochs && { epochs }), ...(callbacks && { callbacks }) }];
  });
}

const KERAS = /(?:^|\.)keras\.|^tensorflow\.|^tf_keras\./;

function isKeras(call: Call): boolean {
  const owner = call.callee.slice(0, -".fit".length);
  if (KERAS.test(owner))
    return !/preprocessing|layers\.\w*(?:Normalization|Vectorization|Lookup)$|Tokenizer|ImageDataGenerator/.test(
      owner,
    );
  // Of an object of which nothing is known, epochs as a keyword say it.
  return (owner === "?" || !owner.includes(".")) && call.keywords.has("epochs");
}

function callbacksOf(facts: PythonFacts, value: Value | undefined): string[] | undefined {
  if (value === undefined || value.literal === null) return [];
  if (value.items === undefined) return undefined;
  // A list that is added to later is not known by its display.
  if (
    value.name !== undefined &&
    facts.calls.some(
      ({ method, receiver }) => /^(?:append|extend|insert)$/.test(method) && receiver?.name === value.name,
    )
  )
    return undefined;
  const names = value.items.map(({ call, qualified }) => call?.callee ?? qualified);
  return names.every((name) => name !== undefined)
    ? names.map((name) => name.slice(name.lastIndexOf(".") + 1))
    : undefined;
}
