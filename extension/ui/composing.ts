/** Keys an input method takes are not ours. Chrome reports its last key as 229 with isComposing already false. */
export const isComposing = ({ isComposing, keyCode }: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>) =>
  isComposing || keyCode === 229
