import type { QueueStatus } from '../provider.ts'
import { ProviderError } from '../provider-error.ts'
import { listOf, recordOf, textOf } from '../shared/answers.ts'

/** What the queue says of a job. An answer that says nothing is no verdict: it is asked again. */
export function toStatus(answer: unknown): QueueStatus {
  switch (recordOf(answer).status) {
    case 'IN_QUEUE':
      return { state: 'waiting', progress: null }
    case 'IN_PROGRESS':
      return { state: 'running', progress: null }
    // Not success: a failed job is completed too, and the result call tells.
    case 'COMPLETED':
      return { state: 'completed' }
    default:
      throw new ProviderError({ kind: 'unknown_outcome' })
  }
}

/** Addresses of the pictures of a result, at most `count`, without those that the provider itself calls indecent. */
export function imageUrls(answer: unknown, count: number): string[] {
  const { images, has_nsfw_concepts } = recordOf(answer)
  if (!Array.isArray(images)) throw new ProviderError({ kind: 'bad_answer' })
  if (images.length === 0) throw new ProviderError({ kind: 'no_picture' })
  const flags = listOf(has_nsfw_concepts)
  const shown = images.filter((_, index) => flags[index] !== true)
  if (shown.length === 0) throw new ProviderError({ kind: 'blocked', stage: 'output', reason: 'sexual' })
  const urls = shown.map(urlOf).filter(url => url !== '')
  if (urls.length === 0) throw new ProviderError({ kind: 'bad_answer' })
  return urls.slice(0, count)
}

/** Addresses of the GLB of a result and of its picture, which may be missing. */
export function modelUrls(
  answer: unknown,
  { outputPaths, previewPath }: { outputPaths: readonly string[]; previewPath: string | null },
): { model: string; preview: string | null } {
  const model = outputPaths.map(path => urlOf(follow(answer, path))).find(url => url !== '')
  if (model === undefined) throw new ProviderError({ kind: 'bad_answer' })
  const preview = previewPath === null ? '' : urlOf(follow(answer, previewPath))
  return { model, preview: preview || null }
}

const follow = (from: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => recordOf(value)[name], from)

const urlOf = (file: unknown): string => textOf(recordOf(file).url)
