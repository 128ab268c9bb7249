export { checkPictures } from './pictures.ts'
export { checkPrompt } from './prompt.ts'
