export { type CheckedPicture, type CheckOptions, checkPicture, maxPictureBytes } from './picture.ts'
export { checkPrompt } from './prompt.ts'
