import { baseUrl, ConfigError, type Env, type Mode, oneOf, secret } from './env.ts'

/** How a provider is reached. Base URLs have no slash at the end. */
export interface ProviderAccess {
  readonly key: string
  readonly baseUrl: string
}

export interface FalAccess {
  readonly key: string
  /** Jobs. */
  readonly queueUrl: string
  /** The keys that webhooks are signed with. */
  readonly restUrl: string
  /** Deleting what is kept of a job. */
  readonly apiUrl: string
}

/** Null: no key is set, and the provider's models are not offered. */
export interface Providers {
  readonly fal: FalAccess | null
  readonly gemini: ProviderAccess | null
  readonly openai: ProviderAccess | null
  readonly tripo: ProviderAccess | null
  readonly localReading: LocalReadingAccess | null
}

/** A vision model's server on the operator's own network. */
export interface LocalReadingAccess {
  /** Null: it asks for none. */
  readonly key: string | null
  readonly baseUrl: string
  /** Its name there; null: the catalogue's. */
  readonly model: string | null
}

export const readProviders = (env: Env, mode: Mode): Providers =>
  Object.freeze({
    fal: fal(env, mode),
    gemini: gemini(env, mode),
    openai: provider(env, mode, 'OPENAI', 'https://api.openai.com/v1'),
    tripo: provider(env, mode, 'TRIPO', 'https://openapi.tripo3d.ai/v3'),
    localReading: localReading(env),
  })

function gemini(env: Env, mode: Mode): ProviderAccess | null {
  const access = provider(env, mode, 'GEMINI', 'https://generativelanguage.googleapis.com/v1beta')
  const tier = oneOf(env, 'GEMINI_TIER', ['free', 'paid'], 'free')
  // Google trains on what comes through a key of its free tier.
  if (access && mode === 'production' && tier !== 'paid')
    throw new ConfigError('GEMINI_TIER must be paid in production: with a free key Google may train on what is sent.')
  return access
}

function fal(env: Env, mode: Mode): FalAccess | null {
  const key = secret(env, 'FAL_KEY')
  const access = {
    queueUrl: baseUrl(env, mode, 'FAL_QUEUE_URL', 'https://queue.fal.run'),
    restUrl: baseUrl(env, mode, 'FAL_REST_URL', 'https://rest.fal.ai'),
    apiUrl: baseUrl(env, mode, 'FAL_API_URL', 'https://api.fal.ai/v1'),
  }
  return key ? Object.freeze({ key, ...access }) : null
}

/** A provider whose variables are NAME_API_KEY and NAME_BASE_URL. */
function provider(env: Env, mode: Mode, name: string, usualUrl: string): ProviderAccess | null {
  const key = secret(env, `${name}_API_KEY`)
  const base = baseUrl(env, mode, `${name}_BASE_URL`, usualUrl)
  return key ? Object.freeze({ key, baseUrl: base }) : null
}

function localReading(env: Env): LocalReadingAccess | null {
  const name = 'LOCAL_READING_URL'
  if (!env[name]) return null
  return Object.freeze({
    key: secret(env, 'LOCAL_READING_KEY'),
    // Inside one's own network there may be no https.
    baseUrl: baseUrl(env, 'development', name, 'http://127.0.0.1:11434/v1'),
    model: env.LOCAL_READING_MODEL || null,
  })
}
