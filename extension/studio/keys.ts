interface KeyPress {
  key: string
  isComposing: boolean
  keyCode: number
  ctrlKey: boolean
  metaKey: boolean
  repeat: boolean
}

/** Enter that confirms kanji belongs to the input method. Chrome reports its last key as 229 with isComposing already false. */
export const isComposing = ({ isComposing, keyCode }: Pick<KeyPress, 'isComposing' | 'keyCode'>) =>
  isComposing || keyCode === 229

/** Ctrl+Enter or Cmd+Enter, pressed anew and not by an input method. */
export const isGenerateKey = (press: KeyPress) =>
  press.key === 'Enter' && (press.ctrlKey || press.metaKey) && !press.repeat && !isComposing(press)
