import type { Env, Mode } from '../config/env.ts'
import type { Role } from '../contract/models.ts'
import type { Reading } from '../contract/readings.ts'
import type { CatalogueProvider, ModelEntry } from '../models/registry.ts'
import type { Egress } from './egress/egress.ts'

/**
 * All that the house needs to know of a provider. Its folder exports one, and the list in index.ts names it; see
 * docs/adding-a-provider.md.
 */
export interface ProviderDescriptor<Settings = unknown> extends CatalogueProvider {
  /**
   * Every host that a prompt or picture can go to or come from; "*.fal.media" stands for every name below it. None: only
   * what the operator names.
   */
  hosts: readonly string[]
  /** Reads its settings, or throws ConfigError; null: it is not set up, and its models are not offered. */
  settings(env: Env, mode: Mode): Settings | null
  create(settings: Settings, tools: ProviderTools): Provider
}

export interface ProviderTools {
  now: () => number
  /** Reaches the descriptor's hosts, the base URLs of the settings where they lie elsewhere, and nobody else. */
  egress(...bases: string[]): Egress
}

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

/** What the catalogue says about how a model is called; each provider reads its own fields, checked at start. */
export type Parameters = Readonly<ModelEntry['parameters']>

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

/** A provider that answers the call itself. Throws ProviderError. */
export interface DirectProvider {
  readonly way: 'direct'
  /** True: nothing is paid outside, so the call may be repeated and stopped at any time. */
  readonly repeatable: boolean
  call(request: ProviderRequest, control: CallControl): Promise<ProviderAnswer>
  close(): Promise<void>
}

/** What is still known of a request when its pictures are gone. */
export type Submitted =
  | Pick<ImageRequest, 'kind' | 'endpoint' | 'parameters' | 'count'>
  | Pick<Model3dRequest, 'kind' | 'endpoint' | 'parameters'>

/** How a queue finds a job again: the adapter's own text, stored with the job. */
export type Ticket = string

export type QueueStatus = { state: 'waiting' | 'running'; progress: number | null } | { state: 'completed' }

/** A provider that takes the job, gives a ticket, and is asked again. All but `submit` may be repeated. Throws ProviderError. */
export interface QueueProvider {
  readonly way: 'queue'
  readonly repeatable: false
  /** `callback` is where the provider may tell that it is done; null: it is only asked. */
  submit(request: ProviderRequest, control: CallControl & { callback: string | null }): Promise<Ticket>
  /** How it tells by itself that a job has ended; left out: it is only asked. */
  readonly webhook?: Webhook
  status(ticket: Ticket, signal: AbortSignal): Promise<QueueStatus>
  result(ticket: Ticket, control: CallControl): Promise<ProviderAnswer>
  /** True only when the provider says that it has not begun and will not: then nothing is paid. */
  cancel(ticket: Ticket, signal: AbortSignal): Promise<boolean>
  /** Has the provider delete what it keeps of the job. */
  forget(ticket: Ticket, signal: AbortSignal): Promise<void>
  /** Time between two questions in milliseconds. */
  readonly pollMs: number
  close(): Promise<void>
}

/** A request from outside that says to be the provider's. */
export interface WebhookCall {
  /** As Node gives them: names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>
  /** The bytes as they came; JSON written again has another signature. */
  rawBody: Buffer
}

export interface Webhook {
  /**
   * The provider's number of the request that has ended, or null for anything that is not truly from the provider. What
   * came of it is asked for; acting on the same number twice must change nothing: providers repeat themselves.
   */
  check(call: WebhookCall): Promise<string | null>
  /** The ticket of a job whose `submit` was never answered, from the number told later. */
  ticketOf(request: Submitted, requestId: string): Ticket
}

export type Provider = DirectProvider | QueueProvider
