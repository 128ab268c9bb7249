export { checkPicture } from './picture.ts'
export { checkPrompt } from './prompt.ts'
