import { baseUrl, ConfigError, type Env, type Mode, secret } from './env.ts'

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

/** Google's own addresses; no discovery, which would need the network at every start. */
const googleUrls = {
  issuer: 'https://accounts.google.com',
  // Lets people with several Google accounts choose each time.
  authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth?prompt=select_account',
  tokenUrl: 'https://oauth2.googleapis.com/token',
  keysUrl: 'https://www.googleapis.com/oauth2/v3/certs',
}

export function google(env: Env, mode: Mode): GoogleAccess | null {
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
export function stripe(env: Env, mode: Mode): StripeAccess | null {
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

export function operatorFile(env: Env, mode: Mode): string | null {
  const file = env.OPERATOR_FILE || null
  if (mode === 'production' && env.STRIPE_SECRET_KEY && !file)
    throw new ConfigError('OPERATOR_FILE must be set in production when credits are sold: the law asks who sells them.')
  return file
}
