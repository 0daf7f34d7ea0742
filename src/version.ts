declare const __FAIRWATT_VERSION__: string;

/** Version of this build, from package.json; put in by the bundler. */
export const FAIRWATT_VERSION: string = __FAIRWATT_VERSION__;
