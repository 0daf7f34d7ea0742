/** A model that cannot be loaded or cannot predict, in a sentence for the person. */
export class ModelError extends Error {
  override name = "ModelError";
}
