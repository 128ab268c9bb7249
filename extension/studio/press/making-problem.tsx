import { useStore } from 'zustand'
import type { ApiProblem, ApiProblemCode } from '../../platform/api/problem.ts'
import { useAlternative, useSuccessor } from '../models/alternative.ts'
import { CheaperModel, UseModel } from '../models/other-model.tsx'
import { useCurrentModel } from '../order/current.ts'
import { making } from './making.ts'
import { ProblemNote } from './problem-note.tsx'
import { type Topic, topicOf } from './topic.ts'

/** Problems that another model does not have. */
const ofThisModel: readonly ApiProblemCode[] = ['model_unknown', 'model_retired', 'model_needs_key', 'provider_resting']

function OtherModel({ problem: { code, params } }: { problem: ApiProblem }) {
  const model = useCurrentModel()
  const successor = useSuccessor(model?.id, typeof params.successor === 'string' ? params.successor : undefined)
  const other = useAlternative(model?.id)
  if (ofThisModel.includes(code)) return <UseModel other={successor ?? other} />
  return code === 'insufficient_credits' ? <CheaperModel have={Number(params.have)} /> : null
}

/** Why the last Generate brought nothing, as far as it is about this part of the panel. */
export function MakingProblem({ topic }: { topic: Topic }) {
  return <ProblemNote press={making} topic={topic} steps={problem => <OtherModel problem={problem} />} />
}

/** Which of the pictures that were sent the backend refused, counted from 0; null while none is. */
export const useRefusedPicture = (): number | null =>
  useStore(making.store, ({ problem }) => {
    const index = problem && topicOf(problem.code) === 'pictures' ? problem.params.index : undefined
    return typeof index === 'number' ? index : null
  })
