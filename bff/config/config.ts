import { isIP } from 'node:net'
import { isAbsolute, resolve } from 'node:path'
import { freeCredits } from '../contract/values.ts'
import { ConfigError, type Env, integer, key, type Mode, oneOf, required } from './env.ts'
import { type GoogleAccess, google, operatorFile, type StripeAccess, stripe } from './services.ts'

export { ConfigError }

/**
 * What the backend can be told from outside, read once at start. Of the rest of the environment only providers look at
 * what is theirs; see openProviders.
 */
export interface Config {
  readonly mode: Mode
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
  /** A JSON file of the operator's that changes or adds models; null: the catalogue as it is. */
  readonly modelsFile: string | null
  /** Requests a minute from one address, and of one person; a twentieth of it for sign-ins and for jobs. */
  readonly ratePerMinute: number
  /** Addresses of the proxies in front, whose X-Forwarded-For is believed; nobody else's is. */
  readonly trustedProxies: readonly string[]
  readonly logLevel: string
  /** Null: people sign in with accounts kept on this machine, for development only. */
  readonly google: GoogleAccess | null
  /** Null: no key is set; development then has a test checkout, production sells nothing. */
  readonly stripe: StripeAccess | null
  /** A JSON file about whoever runs this service, for the pages the law asks for. */
  readonly operatorFile: string | null
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
      : resolve(import.meta.dirname, '../..', env.DATA_DIR ?? '.data'),
    masterKey,
    freeCredits: integer(env, 'FREE_CREDITS', freeCredits, 0, 1_000_000),
    modelsFile: env.MODELS_FILE || null,
    ratePerMinute: integer(env, 'RATE_PER_MINUTE', 600, 1, 10_000_000),
    trustedProxies: Object.freeze((env.TRUSTED_PROXIES || undefined)?.split(',').map(proxy) ?? []),
    logLevel: oneOf(env, 'LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'info'),
    google: google(env, mode),
    stripe: stripe(env, mode),
    operatorFile: operatorFile(env, mode),
  })
}

function origin(env: Env, mode: Mode, port: number): string {
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
