import { isIP } from 'node:net'
import { isAbsolute, resolve } from 'node:path'

/** Everything the backend can be told from outside. Read once at start; nothing else looks at the environment. */
export interface Config {
  readonly mode: 'development' | 'production'
  readonly host: string
  readonly port: number
  /** The product's own web origin, as browsers see it. */
  readonly origin: string
  /** Chrome ids that may talk to this backend. */
  readonly extensionIds: readonly string[]
  readonly dataDir: string
  /** 32 bytes, or null: development makes its own key file in the data folder. */
  readonly masterKey: Buffer | null
  readonly freeCredits: number
  readonly localThreads: number
  /** A JSON file of the operator's that changes or adds models; null: the catalogue as it is. */
  readonly modelsFile: string | null
  /** Requests a minute from one address, and of one person; a twentieth of it for sign-ins and for jobs. */
  readonly ratePerMinute: number
  /** Addresses of the proxies in front, whose X-Forwarded-For is believed; nobody else's is. */
  readonly trustedProxies: readonly string[]
  readonly logLevel: string
  readonly makers: Makers
  /** Null: people sign in with accounts kept on this machine, for development only. */
  readonly google: GoogleAccess | null
  /** Null: no key is set; development then has a test checkout, production sells nothing. */
  readonly stripe: StripeAccess | null
  /** A JSON file about whoever runs this service, for the pages the law asks for. */
  readonly operatorFile: string | null
}

export interface StripeAccess {
  readonly secretKey: string
  readonly webhookSecret: string
  readonly baseUrl: string
}

/** The OAuth client people sign in through, and where its provider is. */
export interface GoogleAccess {
  readonly clientId: string
  readonly clientSecret: string
  readonly issuer: string
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly keysUrl: string
}

/** How a maker is reached. Base URLs have no slash at the end. */
export interface MakerAccess {
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

/** Null: no key is set, and the maker's models are not offered. */
export interface Makers {
  readonly fal: FalAccess | null
  readonly gemini: MakerAccess | null
  readonly openai: MakerAccess | null
  readonly tripo: MakerAccess | null
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

type Env = Record<string, string | undefined>

/** Thrown at start; names the variable, never its value. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** Id of the extension built with the development key of wxt.config.ts. */
export const developmentExtensionId = 'lmgcekfgoiiceakhbflmekdafkidmloi'

/** Without the last two nobody could prove who they are. */
const inProduction = ['ORIGIN', 'EXTENSION_IDS', 'MASTER_KEY', 'GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET']

/** Turns the environment into a frozen config, or throws ConfigError naming the first variable that is wrong. */
export function readConfig(env: Env): Config {
  const mode = oneOf(env, 'NODE_ENV', ['development', 'production'], 'development')
  const port = integer(env, 'PORT', 8787, 0, 65535)
  const masterKey = key(env, 'MASTER_KEY')
  if (mode === 'production') for (const name of inProduction) required(env, name)
  return Object.freeze({
    mode,
    host: env.HOST ?? '127.0.0.1',
    port,
    origin: origin(env, mode, port),
    extensionIds: Object.freeze((env.EXTENSION_IDS ?? developmentExtensionId).split(',').map(extensionId)),
    dataDir: isAbsolute(env.DATA_DIR ?? '')
      ? env.DATA_DIR!
      : resolve(import.meta.dirname, '..', env.DATA_DIR ?? '.data'),
    masterKey,
    freeCredits: integer(env, 'FREE_CREDITS', 50, 0, 1_000_000),
    localThreads: integer(env, 'LOCAL_THREADS', 0, 0, 64),
    modelsFile: env.MODELS_FILE || null,
    ratePerMinute: integer(env, 'RATE_PER_MINUTE', 600, 1, 10_000_000),
    trustedProxies: Object.freeze((env.TRUSTED_PROXIES || undefined)?.split(',').map(proxy) ?? []),
    logLevel: oneOf(env, 'LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'info'),
    makers: Object.freeze({
      fal: fal(env, mode),
      gemini: gemini(env, mode),
      openai: maker(env, mode, 'OPENAI', 'https://api.openai.com/v1'),
      tripo: maker(env, mode, 'TRIPO', 'https://openapi.tripo3d.ai/v3'),
      localReading: localReading(env),
    }),
    google: google(env, mode),
    stripe: stripe(env, mode),
    operatorFile: operatorFile(env, mode),
  })
}

/** Google's own addresses; no discovery, which would need the network at every start. */
const googleUrls = {
  issuer: 'https://accounts.google.com',
  // Lets people with several Google accounts choose each time.
  authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth?prompt=select_account',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  keysUrl: 'https://www.googleapis.com/oauth2/v3/certs',
}

function google(env: Env, mode: Config['mode']): GoogleAccess | null {
  const [clientId, clientSecret] = [secret(env, 'GOOGLE_CLIENT_ID'), secret(env, 'GOOGLE_CLIENT_SECRET')]
  if (!clientId && !clientSecret) return null
  if (!clientId || !clientSecret)
    throw new ConfigError('GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET belong together: set both or neither.')
  return Object.freeze({
    clientId,
    clientSecret,
    issuer: baseUrl(env, mode, 'GOOGLE_ISSUER', googleUrls.issuer),
    authorizeUrl: env.GOOGLE_AUTHORIZE_URL
      ? baseUrl(env, mode, 'GOOGLE_AUTHORIZE_URL', googleUrls.authorizeUrl)
      : googleUrls.authorizeUrl,
    tokenUrl: baseUrl(env, mode, 'GOOGLE_TOKEN_URL', googleUrls.tokenUrl),
    keysUrl: baseUrl(env, mode, 'GOOGLE_KEYS_URL', googleUrls.keysUrl),
  })
}

/** A key without the secret of its notifications would take money and give nothing for it. */
function stripe(env: Env, mode: Config['mode']): StripeAccess | null {
  const secretKey = secret(env, 'STRIPE_SECRET_KEY')
  const webhookSecret = secret(env, 'STRIPE_WEBHOOK_SECRET')
  const base = baseUrl(env, mode, 'STRIPE_API_BASE', 'https://api.stripe.com')
  if (!secretKey) return null
  if (!webhookSecret) throw new ConfigError('STRIPE_WEBHOOK_SECRET must be set when STRIPE_SECRET_KEY is.')
  if (URL.parse(base)!.pathname !== '/') throw new ConfigError('STRIPE_API_BASE must be an address without a path.')
  if (/^(sk|rk)_live_/.test(secretKey) !== (mode === 'production'))
    throw new ConfigError('STRIPE_SECRET_KEY must be a live key in production, and a test key elsewhere.')
  return Object.freeze({ secretKey, webhookSecret, baseUrl: base })
}

function operatorFile(env: Env, mode: Config['mode']): string | null {
  const file = env.OPERATOR_FILE || null
  if (mode === 'production' && env.STRIPE_SECRET_KEY && !file)
    throw new ConfigError('OPERATOR_FILE must be set in production when credits are sold: the law asks who sells them.')
  return file
}

function gemini(env: Env, mode: Config['mode']): MakerAccess | null {
  const access = maker(env, mode, 'GEMINI', 'https://generativelanguage.googleapis.com/v1beta')
  const tier = oneOf(env, 'GEMINI_TIER', ['free', 'paid'], 'free')
  // Google trains on what comes through a key of its free tier.
  if (access && mode === 'production' && tier !== 'paid')
    throw new ConfigError('GEMINI_TIER must be paid in production: with a free key Google may train on what is sent.')
  return access
}

function fal(env: Env, mode: Config['mode']): FalAccess | null {
  const key = secret(env, 'FAL_KEY')
  const access = {
    queueUrl: baseUrl(env, mode, 'FAL_QUEUE_URL', 'https://queue.fal.run'),
    restUrl: baseUrl(env, mode, 'FAL_REST_URL', 'https://rest.fal.ai'),
    apiUrl: baseUrl(env, mode, 'FAL_API_URL', 'https://api.fal.ai/v1'),
  }
  return key ? Object.freeze({ key, ...access }) : null
}

/** A maker whose variables are NAME_API_KEY and NAME_BASE_URL. */
function maker(env: Env, mode: Config['mode'], name: string, usualUrl: string): MakerAccess | null {
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

/** Goes into a header as it is. */
function secret(env: Env, name: string): string | null {
  const text = env[name]
  if (!text) return null
  if (!/^[\x21-\x7e]+$/.test(text)) throw new ConfigError(`${name} must be one word without spaces.`)
  return text
}

function baseUrl(env: Env, mode: Config['mode'], name: string, usual: string): string {
  const text = (env[name] || usual).replace(/\/+$/, '')
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw new ConfigError(`${name} must be an address such as ${usual}.`)
  if (mode === 'production' && url.protocol !== 'https:') throw new ConfigError(`${name} must be https in production.`)
  return text
}

function required(env: Env, name: string): string {
  const value = env[name]
  if (!value) throw new ConfigError(`${name} must be set in production.`)
  return value
}

function oneOf<const T extends string>(env: Env, name: string, values: readonly T[], fallback: T): T {
  const value = env[name] ?? fallback
  if (!values.includes(value as T)) throw new ConfigError(`${name} must be one of: ${values.join(', ')}.`)
  return value as T
}

function integer(env: Env, name: string, fallback: number, min: number, max: number): number {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < min || value > max)
    throw new ConfigError(`${name} must be a whole number from ${min} to ${max}.`)
  return value
}

function key(env: Env, name: string): Buffer | null {
  const text = env[name]
  if (!text) return null
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== 32) throw new ConfigError(`${name} must be 32 bytes in base64 (openssl rand -base64 32).`)
  return bytes
}

function origin(env: Env, mode: Config['mode'], port: number): string {
  const text = env.ORIGIN ?? `http://localhost:${port}`
  const url = URL.parse(text)
  if (!url || url.origin !== text) throw new ConfigError('ORIGIN must be an origin such as https://mimicit.app.')
  if (mode === 'production' && url.protocol !== 'https:') throw new ConfigError('ORIGIN must be https in production.')
  return text
}

function proxy(text: string): string {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
  if (family === 0 || !fits || rest.length > 0)
    throw new ConfigError('TRUSTED_PROXIES must be addresses such as 10.0.0.2 or 10.0.0.0/24, separated by commas.')
  return text
}

function extensionId(text: string): string {
  if (!/^[a-p]{32}$/.test(text))
    throw new ConfigError('EXTENSION_IDS must be Chrome extension ids, separated by commas.')
  return text
}
