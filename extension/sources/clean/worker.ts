/**
 * Decodes, scales and encodes beside the panel: a photograph of 50 megapixels does not hold it up, and Chrome encodes
 * at once here, where in a document it waits for an idle moment.
 */
import type { Edits } from '../edit/edits.ts'
import { ReadError, type ReadFailure } from '../readers/read-error.ts'
import { type CleanPicture, cleanPicture, type PictureFacts, readFacts } from './draw.ts'
import type { DrawnPicture } from './draw-in-document.ts'

export interface Results {
  clean: CleanPicture
  facts: PictureFacts
}

export interface Request {
  id: number
  what: keyof Results
  original: Blob
  /** What the document made of it, where this worker could not. */
  drawn: DrawnPicture | null
  maxSide: number
  edits: Edits
}

export type Answer = { id: number } & ({ result: Results[keyof Results] } | { failure: ReadFailure })

const answer = async ({ id, what, original, drawn, maxSide, edits }: Request): Promise<Answer> => {
  try {
    const result = await (what === 'clean' ? cleanPicture(original, drawn, maxSide, edits) : readFacts(original, drawn))
    return { id, result }
  } catch (error) {
    return { id, failure: error instanceof ReadError ? error.reason : 'undecodable' }
  }
}

self.addEventListener('message', async (event: MessageEvent<Request>) => self.postMessage(await answer(event.data)))
