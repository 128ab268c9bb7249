import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { closed, nullable } from '../../contract/common.ts'
import type { Submitted, Ticket } from '../provider.ts'
import type { Model3dParameters } from './parameters.ts'

const RequestId = Type.String({ pattern: '^[A-Za-z0-9_-]{1,100}$' })
const found = { endpoint: Type.String(), requestId: RequestId }

/** How a job at fal is found again, and what is wanted of its result: all that outlives a restart. */
const FalTicket = Type.Union([
  closed({ ...found, images: Type.Integer({ minimum: 1 }) }),
  closed({ ...found, outputPaths: Type.Array(Type.String()), previewPath: nullable(Type.String()) }),
])
export type FalTicket = Static<typeof FalTicket>

const shape = Compile(FalTicket)
const requestIds = Compile(RequestId)

export const isRequestId = (value: unknown): value is string => requestIds.Check(value)

/** Throws TypeError for an id that is none: it becomes a part of addresses. */
export function writeTicket(submitted: Submitted, requestId: unknown): Ticket {
  if (!isRequestId(requestId)) throw new TypeError('Not an id of a request at fal.')
  const { endpoint } = submitted
  if (submitted.kind === 'image')
    return JSON.stringify({ endpoint, requestId, images: submitted.count } satisfies FalTicket)
  const { outputPaths, previewPath } = submitted.parameters as Model3dParameters
  return JSON.stringify({ endpoint, requestId, outputPaths, previewPath } satisfies FalTicket)
}

export function readTicket(ticket: Ticket): FalTicket {
  const value: unknown = JSON.parse(ticket)
  if (!shape.Check(value)) throw new TypeError('Not a ticket of fal.')
  return value
}
