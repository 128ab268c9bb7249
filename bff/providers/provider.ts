import type { Role } from '../contract/models.ts'
import type { Reading } from '../contract/readings.ts'

/** A picture that passed the checks: decoded once, turned upright, free of metadata, re-encoded as PNG or JPEG. */
export interface SourcePicture {
  bytes: Buffer
  mime: 'image/png' | 'image/jpeg'
  width: number
  height: number
  role: Role
  /** 0 to 100. */
  weight: number
}

/** What the catalogue says about how this provider's model is called; each provider reads its own fields, checked at start. */
export type Parameters = Readonly<Record<string, unknown>>

interface AnyRequest {
  /** The provider's own name of the model, from the catalogue. */
  endpoint: string
  parameters: Parameters
}

/** All a provider gets to know about a job: no id of the person, no address. */
export interface ImageRequest extends AnyRequest {
  kind: 'image'
  /** The person's words, and what each picture is for; see prompt.ts. */
  prompt: string
  /** Empty: nothing to keep out. */
  negative: string
  /** In the person's order; the prompt counts them from 1. */
  sources: SourcePicture[]
  /** The wanted size in pixels; providers with classes of their own use `aspect` and `size`. */
  width: number
  height: number
  aspect: string
  size: string
  quality: string | null
  count: number
  seed: number
  transparent: boolean
}

export interface ReadingRequest extends AnyRequest {
  kind: 'reading'
  source: SourcePicture
}

/** The picture and nothing else: providers of 3D get no words. */
export interface Model3dRequest extends AnyRequest {
  kind: 'model3d'
  source: SourcePicture
  quality: string | null
}

export type ProviderRequest = ImageRequest | ReadingRequest | Model3dRequest

/** What the provider says it used, for our own costs; never negative, never NaN. */
export interface Usage {
  /** Cost in millionths of a US dollar where the provider's answer lets us compute it, else null: the catalogue's sum counts. */
  microUsd: number | null
}

export type ProviderAnswer =
  | {
      kind: 'files'
      /** The provider's own bytes, untouched: pictures, or one GLB. Fewer than asked for: the rest was refused or failed. */
      files: Buffer[]
      /** A picture of the 3D model, where the provider gives one. */
      preview?: Buffer
      usage: Usage
    }
  | { kind: 'reading'; reading: Reading; usage: Usage }

export interface CallControl {
  signal: AbortSignal
  /** 0 to 1. */
  onProgress(fraction: number): void
  /**
   * Resolves when there is room in memory for an answer; held until the job has stored it. Adapters await it between an
   * answer's headers and its body.
   */
  admit(): Promise<void>
}

interface AnyProvider {
  /** Checks one entry's parameters at start; answers what is wrong with them, or null. */
  wrongParameters?(kind: ProviderRequest['kind'], parameters: Parameters): string | null
  close(): Promise<void>
}

/** A provider that answers the call itself. Throws ProviderError. */
export interface DirectProvider extends AnyProvider {
  readonly way: 'direct'
  /** True: nothing is paid outside, so the call may be repeated and stopped at any time. */
  readonly repeatable: boolean
  call(request: ProviderRequest, control: CallControl): Promise<ProviderAnswer>
}

/** What is still known of a request when its pictures are gone. */
export type Submitted =
  | Pick<ImageRequest, 'kind' | 'endpoint' | 'parameters' | 'count'>
  | Pick<Model3dRequest, 'kind' | 'endpoint' | 'parameters'>

/** How a queue finds a job again: the adapter's own text, stored with the job. */
export type Ticket = string

export type QueueStatus = { state: 'waiting' | 'running'; progress: number | null } | { state: 'completed' }

/** A provider that takes the job, gives a ticket, and is asked again. All but `submit` may be repeated. Throws ProviderError. */
export interface QueueProvider extends AnyProvider {
  readonly way: 'queue'
  readonly repeatable: false
  /** `callback` is where the provider may tell that it is done; null: it is only asked. */
  submit(request: ProviderRequest, control: CallControl & { callback: string | null }): Promise<Ticket>
  /** Providers that call back: the ticket of a job whose `submit` was never answered, from the number they tell later. */
  ticketOf?(request: Submitted, requestId: string): Ticket
  status(ticket: Ticket, signal: AbortSignal): Promise<QueueStatus>
  result(ticket: Ticket, control: CallControl): Promise<ProviderAnswer>
  /** True only when the provider says that it has not begun and will not: then nothing is paid. */
  cancel(ticket: Ticket, signal: AbortSignal): Promise<boolean>
  /** Has the provider delete what it keeps of the job. */
  forget(ticket: Ticket, signal: AbortSignal): Promise<void>
  /** Time between two questions in milliseconds. */
  readonly pollMs: number
}

export type Provider = DirectProvider | QueueProvider
