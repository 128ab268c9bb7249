import { type Edits, noEdits } from '../edit/edits.ts'
import { sniffFormat } from '../inspect/sniff.ts'
import { ReadError } from '../readers/read-error.ts'
import { type DrawnPicture, drawInDocument } from './draw-in-document.ts'
import type { Answer, Request, Results } from './worker.ts'

/** Asks the worker, which starts with the first picture and lives as long as the panel. */
const createAsk = () => {
  let worker: Worker | undefined
  let lastId = 0
  const waiting = new Map<number, PromiseWithResolvers<Results[keyof Results]>>()

  const settle = ({ data }: MessageEvent<Answer>) => {
    const { resolve, reject } = waiting.get(data.id) ?? {}
    waiting.delete(data.id)
    if ('result' in data) resolve?.(data.result)
    else reject?.(new ReadError(data.failure))
  }

  // Out of memory, most likely: what was under way has failed, the next picture gets a new worker.
  const giveUp = () => {
    worker = undefined
    for (const { reject } of waiting.values()) reject(new ReadError('undecodable'))
    waiting.clear()
  }

  const start = () => {
    const started = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    started.addEventListener('message', settle)
    started.addEventListener('error', giveUp)
    return started
  }

  return <What extends keyof Results>(request: Omit<Request, 'id'> & { what: What }) => {
    worker ??= start()
    const id = ++lastId
    const answer = Promise.withResolvers<Results[keyof Results]>()
    waiting.set(id, answer)
    worker.postMessage({ ...request, id }, request.drawn ? [request.drawn.bitmap] : [])
    return answer.promise as Promise<Results[What]>
  }
}

const ask = createAsk()

/** Opened best by an <img>: the worker cannot draw the one, and makes HDR pictures of the other darker than the page does. */
const isForDocument = async (blob: Blob) => {
  const format = sniffFormat(new Uint8Array(await blob.slice(0, 4096).arrayBuffer()))
  return format === 'svg' || format === 'avif'
}

const drawOrFail = async (original: Blob): Promise<DrawnPicture> => {
  const drawn = await drawInDocument(original)
  if (drawn) return drawn
  const format = sniffFormat(new Uint8Array(await original.slice(0, 4096).arrayBuffer()))
  throw new ReadError(format === 'heic' ? 'heic' : format === null ? 'not_a_picture' : 'undecodable')
}

/** The worker has the first word; what it cannot open and Chrome shows all the same is drawn by the document. */
const work = async <What extends keyof Results>(request: Omit<Request, 'id' | 'drawn'> & { what: What }) => {
  if (await isForDocument(request.original)) return ask({ ...request, drawn: await drawOrFail(request.original) })
  try {
    return await ask({ ...request, drawn: null })
  } catch (error) {
    if (!(error instanceof ReadError) || error.reason !== 'undecodable') throw error
    return ask({ ...request, drawn: await drawOrFail(request.original) })
  }
}

/** The copy that may leave the device: edited, scaled to what the model uses, without metadata. Throws ReadError. */
export const cleanPicture = (original: Blob, maxSide: number, edits: Edits) =>
  work({ what: 'clean', original, maxSide, edits })

/** What the panel shows of a picture; throws ReadError when it is none. */
export const readFacts = (original: Blob) => work({ what: 'facts', original, maxSide: 0, edits: noEdits })
