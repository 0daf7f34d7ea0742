/** Where lines may break (UAX 14); the package has no types of its own. */
declare module "linebreak" {
  export default class LineBreaker {
    constructor(text: string);
    /** null at the end. `position`: of the character after the break. */
    nextBreak(): { position: number; required: boolean } | null;
  }
}
