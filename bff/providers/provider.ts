import type { Role } from '../contract/models.ts'

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

/** All a maker gets to know about a job: no id of the person, no address. */
export interface ProviderRequest {
  /** The maker's own name of the model, from the catalogue. */
  endpoint: string
  prompt: string
  sources: SourcePicture[]
  width: number
  height: number
  seed: number
}

export interface ProviderResult {
  /** The maker's bytes, untouched. */
  bytes: Buffer
  mime: 'image/png' | 'image/jpeg' | 'image/webp'
}

export interface CallControl {
  signal: AbortSignal
  /** 0 to 1. */
  onProgress(fraction: number): void
}

export interface Provider {
  /** True: nothing is paid outside, so the call may be repeated and stopped at any time. */
  readonly repeatable: boolean
  /** Throws ProblemError when the maker gives a definite answer that is not a picture. */
  call(request: ProviderRequest, control: CallControl): Promise<ProviderResult>
  close(): Promise<void>
}
