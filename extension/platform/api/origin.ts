declare const __MIMICIT_ORIGIN__: string

/** The web app this build talks to, e.g. https://mimicit.app; set when the extension is built. */
export const origin: string = __MIMICIT_ORIGIN__
