/** Id of the field in which the words are written; of the first part where they are in parts. */
export const promptFieldId = 'studio-prompt'

/** Brings the person to the words, once they are drawn: another screen may have been there. */
export const focusPrompt = () => requestAnimationFrame(() => document.getElementById(promptFieldId)?.focus())
