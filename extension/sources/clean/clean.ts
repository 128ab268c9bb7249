import { type Edits, noEdits } from '../edit/edits.ts'
import { sniffFormat } from '../inspect/sniff.ts'
import { ReadError } from '../readers/read-error.ts'
import { drawSvg } from './draw-svg.ts'
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
    worker.postMessage({ ...request, id }, request.drawn ? [request.drawn] : [])
    return answer.promise as Promise<Results[What]>
  }
}

const ask = createAsk()

const isSvg = async (blob: Blob) => sniffFormat(new Uint8Array(await blob.slice(0, 4096).arrayBuffer())) === 'svg'

const drawnBySelf = async (original: Blob) => ((await isSvg(original)) ? drawSvg(original) : null)

/** The copy that may leave the device: edited, scaled to what the model uses, without metadata. Throws ReadError. */
export const cleanPicture = async (original: Blob, maxSide: number, edits: Edits) =>
  ask({ what: 'clean', original, drawn: await drawnBySelf(original), maxSide, edits })

/** What the panel shows of a picture; throws ReadError when it is none. */
export const readFacts = async (original: Blob) =>
  ask({ what: 'facts', original, drawn: await drawnBySelf(original), maxSide: 0, edits: noEdits })
