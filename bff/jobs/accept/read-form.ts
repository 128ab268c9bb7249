import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import type { GenerationSpec } from '../../contract/generations.ts'
import { type ProblemCode, ProblemError } from '../../contract/problems.ts'
import type { Allotment } from '../../http/memory-budget.ts'
import type { Timers } from '../timers.ts'
import { parseSpec } from './spec.ts'

export interface Form {
  spec: GenerationSpec
  files: Buffer[]
}

interface ReadOptions {
  /** Takes the bytes as they arrive, and throws when there is no room. */
  allotment: Allotment
  /** Looks at the spec before a single picture is read; throws to refuse. */
  beforeFiles: (spec: GenerationSpec) => Promise<void>
  timers: Timers
}

const mebibyte = 1024 * 1024
const maxFiles = 16
const limits = {
  fields: 1,
  fieldNameSize: 100,
  fieldSize: 64 * 1024,
  files: maxFiles,
  fileSize: 10 * mebibyte,
  parts: maxFiles + 1,
  headerPairs: 20,
}
/** The whole form must be here by then. */
const patienceMs = 60_000
/** A client that sends on after our refusal may send so much more, so that it comes to reading the answer. */
const maxUnread = 4 * limits.fileSize

/** Reads `spec` and then the pictures into memory. Nothing is written anywhere; the names of files are never used. */
export async function readForm(request: FastifyRequest, options: ReadOptions): Promise<Form> {
  if (!request.isMultipart()) throw new ProblemError('unsupported_media_type')
  const late = Promise.withResolvers<never>()
  const cancel = options.timers.after(patienceMs, () => late.reject(new ProblemError('request_timeout')))
  try {
    return await Promise.race([readParts(request, options), late.promise])
  } catch (error) {
    const problem = toProblem(error)
    letGo(request, problem.code === 'request_timeout' ? 0 : maxUnread)
    throw problem
  } finally {
    cancel()
  }
}

async function readParts(request: FastifyRequest, { allotment, beforeFiles }: ReadOptions): Promise<Form> {
  // With its path, so that a name that tries to be one is seen and refused.
  const parts = request.parts({ limits, preservePath: true })
  const { value: first } = await parts.next()
  if (first?.type !== 'field' || first.fieldname !== 'spec' || typeof first.value !== 'string' || first.valueTruncated)
    throw new ProblemError('invalid_request')
  const spec = parseSpec(first.value)
  await beforeFiles(spec)

  const files: Buffer[] = []
  for await (const part of parts) {
    if (part.fieldname !== 'source') throw new ProblemError('unknown_field')
    if (part.type !== 'file' || files.length === spec.sources.length || isPath(part.filename))
      throw new ProblemError('invalid_request')
    files.push(await readFile(part, allotment, files.length))
  }
  if (files.length !== spec.sources.length) throw new ProblemError('invalid_request')
  return { spec, files }
}

async function readFile({ file }: MultipartFile, allotment: Allotment, index: number): Promise<Buffer> {
  const tooLarge = () => new ProblemError('picture_too_large', { index })
  file.once('limit', () => file.destroy(tooLarge()))
  const chunks: Buffer[] = []
  for await (const chunk of file) {
    allotment.grow(chunk.length)
    chunks.push(chunk)
  }
  if (file.truncated) throw tooLarge()
  return Buffer.concat(chunks)
}

const isPath = (name: string | undefined) => /[/\\\0]/.test(name ?? '')

/** Codes of the multipart parser; all its other complaints are about the form itself. */
const parserCodes: Record<string, ProblemCode> = {
  FST_REQ_FILE_TOO_LARGE: 'picture_too_large',
  FST_PROTO_VIOLATION: 'unknown_field',
}

function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  return new ProblemError(parserCodes[(error as { code?: string }).code ?? ''] ?? 'invalid_request')
}

/** Reads the rest into nothing; beyond `maxBytes` the line is cut. */
function letGo({ raw }: FastifyRequest, maxBytes: number): void {
  let left = maxBytes
  raw.unpipe()
  raw.on('data', chunk => {
    left -= chunk.length
    if (left < 0) raw.destroy()
  })
  raw.resume()
}
