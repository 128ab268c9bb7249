/** What another picture is there for; the words are the prompt's own. */
export type PictureRole = 'subject' | 'style' | 'composition' | 'palette' | 'pose' | 'light' | 'free'

/** An encoded picture, upright and sound. */
export interface Picture {
  bytes: Uint8Array
  width: number
  height: number
  role: PictureRole
  /** 0 to 100. */
  weight: number
}

/** What is to be made. The same order always gives the same bytes. */
export interface RestyleOrder {
  /** Its known words choose effect, colours and mood; see prompt/vocabulary.ts. */
  prompt: string
  /** The subject, and what it is to be like. */
  pictures: Picture[]
  /** Of the result, in pixels. */
  width: number
  height: number
  seed: number
}

/** Thrown in place of a result. `interrupted`: the engine was closed; `failed`: the work itself broke. */
export class RestyleError extends Error {
  override name = 'RestyleError'
  readonly code: 'cancelled' | 'interrupted' | 'no_picture' | 'failed'
  constructor(code: RestyleError['code'], options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}
