/** Id of the field in which the words are written; of the first part where they are in parts. */
export const promptFieldId = 'studio-prompt'
