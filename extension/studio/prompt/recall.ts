/** Walking through earlier prompts with the Up and Down keys; the draft waits at the near end and is never lost. */
export interface Recall {
  /** Newest first. */
  past: readonly string[]
  /** Index in `past`, or -1 at the draft. */
  at: number
  draft: string
}

export const startRecall = (past: readonly string[], draft: string): Recall => ({ past, at: -1, draft })

/** The text where the walk stands. */
export const recalled = ({ past, at, draft }: Recall) => past[at] ?? draft

/** One step back in time (1) or forward (-1); stays at both ends. */
export const stepRecall = (recall: Recall, step: 1 | -1): Recall => ({
  ...recall,
  at: Math.min(recall.past.length - 1, Math.max(-1, recall.at + step)),
})

/** Up starts the walk only from an empty field, so that it still moves the caret in a text of several lines. */
export const mayRecall = (recall: Recall | null, prompt: string) =>
  recall ? recalled(recall) === prompt : prompt === ''

const most = 50

/** Puts a used prompt in front; each stands once. */
export const remember = (past: readonly string[], prompt: string) => {
  const text = prompt.trim()
  return text === '' ? past : [text, ...past.filter(entry => entry !== text)].slice(0, most)
}
