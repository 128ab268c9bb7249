/**
 * Every error the API can answer, in one table: code -> HTTP status and English title.
 * Answers are application/problem+json (RFC 9457); the extension translates the code and never shows the title.
 */
export const problems = {
  // The request itself
  invalid_request: { status: 400, title: 'The request is not well formed.' },
  unknown_field: {
    status: 400,
    title: 'The request has a field that this API does not know.',
  },
  prompt_too_long: {
    status: 400,
    title: 'The prompt is longer than 4,000 characters.',
  },
  prompt_invalid_text: {
    status: 400,
    title: 'The prompt has characters that are not text.',
  },
  missing_idempotency_key: {
    status: 400,
    title: 'The Idempotency-Key header is missing or malformed.',
  },
  invalid_cursor: { status: 400, title: 'This page of the list is not known.' },
  unsupported_media_type: {
    status: 415,
    title: 'This content type is not accepted here.',
  },
  too_large: { status: 413, title: 'The request is too large.' },
  request_timeout: {
    status: 408,
    title: 'The request took too long to arrive.',
  },
  not_found: { status: 404, title: 'There is nothing here.' },
  too_many_requests: {
    status: 429,
    title: 'Too many requests in a short time.',
  },
  update_needed: {
    status: 426,
    title: 'This version of the extension is too old for the server.',
  },
  forbidden_origin: {
    status: 403,
    title: 'The request came from another site.',
  },

  // Who is asking
  signed_out: { status: 401, title: 'You are signed out.' },
  code_invalid: {
    status: 400,
    title: 'The one-time code is unknown, used or too old.',
  },
  sign_in_failed: { status: 400, title: 'The sign-in could not be completed.' },
  account_paused: { status: 403, title: 'This account is paused.' },
  consent_needed: {
    status: 403,
    title: 'The person has not agreed to the policy in force.',
  },

  // The pictures sent
  picture_missing: { status: 400, title: 'This model needs a picture.' },
  too_many_pictures: { status: 400, title: 'This model takes fewer pictures.' },
  picture_not_accepted: {
    status: 415,
    title: 'Only PNG, JPEG and WebP pictures are accepted.',
  },
  picture_damaged: { status: 422, title: 'The picture is damaged or cut off.' },
  picture_too_large: {
    status: 413,
    title: 'The picture is larger than 10 MB.',
  },
  picture_too_many_pixels: {
    status: 422,
    title: 'The picture has more than 50 megapixels.',
  },
  picture_too_small: {
    status: 422,
    title: 'The picture is smaller than 16 pixels on a side.',
  },
  picture_animated: {
    status: 422,
    title: 'Animated pictures are not accepted.',
  },

  // What is asked for
  model_unknown: { status: 404, title: 'This model is not known.' },
  model_retired: {
    status: 410,
    title: 'This model has been switched off by its provider.',
  },
  option_not_offered: {
    status: 400,
    title: 'This model does not offer that option.',
  },
  model_needs_key: {
    status: 503,
    title: 'The operator has not set the key of this provider.',
  },
  provider_resting: {
    status: 503,
    title: 'The provider of this model does not answer well; it is asked again later.',
  },
  price_changed: {
    status: 409,
    title: 'The price has changed since it was shown.',
  },
  idempotency_conflict: {
    status: 409,
    title: 'This key was used for another request.',
  },
  insufficient_credits: { status: 402, title: 'There are not enough credits.' },
  cap_reached_day: {
    status: 409,
    title: "This would pass the person's own limit of a day.",
  },
  cap_reached_month: {
    status: 409,
    title: "This would pass the person's own limit of a month.",
  },
  confirmation_needed: {
    status: 409,
    title: 'The person wants to be asked before a job of this price.',
  },
  too_many_jobs: {
    status: 429,
    title: 'Too many pictures are being made at once.',
  },
  quota_reached: {
    status: 507,
    title: 'The history has no room for another picture.',
  },
  not_cancellable: { status: 409, title: 'This job can no longer be stopped.' },

  // Buying credits
  pack_unknown: { status: 404, title: 'This pack is not sold.' },
  not_refundable: {
    status: 409,
    title: 'This purchase cannot be refunded here.',
  },
  payments_unavailable: {
    status: 503,
    title: 'The payment service cannot be reached for a moment.',
  },
  webhook_refused: {
    status: 400,
    title: 'The notification is not signed as it must be.',
  },

  // How a job can end without a result; the hold is always returned
  cancelled: { status: 409, title: 'The job was stopped.' },
  interrupted: {
    status: 503,
    title: 'The job was interrupted before a result came.',
  },
  provider_failed: {
    status: 502,
    title: 'The model could not make a picture.',
  },
  blocked: { status: 422, title: 'The model refused this by its own rules.' },
  no_picture: { status: 502, title: 'The model answered without a picture.' },
  rejected_input: { status: 422, title: 'The model could not use what was sent.' },
  provider_busy: { status: 503, title: 'The provider takes no more requests for a while.' },
  provider_unavailable: { status: 503, title: 'The provider does not serve us at the moment.' },
  unknown_outcome: {
    status: 502,
    title: 'The connection to the provider broke before a result came.',
  },
  timed_out: { status: 504, title: 'The model did not answer in time.' },

  // Our own trouble
  storage_full: {
    status: 507,
    title: 'There is no space left to store the result.',
  },
  unavailable: {
    status: 503,
    title: 'The service is not available for a moment.',
  },
  internal: { status: 500, title: 'Something went wrong on our side.' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof problems

/** Thrown anywhere in the backend when a request or job cannot go on; the error handler turns it into a Problem. */
export class ProblemError extends Error {
  readonly code: ProblemCode
  /** Numbers and names the person's sentence needs; never anything secret or personal. */
  readonly params: Record<string, string | number> | undefined
  constructor(code: ProblemCode, params?: Record<string, string | number>) {
    super(problems[code].title)
    this.name = 'ProblemError'
    this.code = code
    this.params = params
  }
}
