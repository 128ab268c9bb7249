export type Mode = 'development' | 'production'

/** The variables the backend was started with. */
export type Env = Record<string, string | undefined>

/** Thrown at start; names the variable, never its value. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/** Goes into a header as it is. */
export function secret(env: Env, name: string): string | null {
  const text = env[name]
  if (!text) return null
  if (!/^[\x21-\x7e]+$/.test(text)) throw new ConfigError(`${name} must be one word without spaces.`)
  return text
}

/** An address without a slash at its end; https in production. */
export function baseUrl(env: Env, mode: Mode, name: string, usual: string): string {
  const text = (env[name] || usual).replace(/\/+$/, '')
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw new ConfigError(`${name} must be an address such as ${usual}.`)
  if (mode === 'production' && url.protocol !== 'https:') throw new ConfigError(`${name} must be https in production.`)
  return text
}

export function required(env: Env, name: string): string {
  const value = env[name]
  if (!value) throw new ConfigError(`${name} must be set in production.`)
  return value
}

export function oneOf<const T extends string>(env: Env, name: string, values: readonly T[], fallback: T): T {
  const value = env[name] ?? fallback
  if (!values.includes(value as T)) throw new ConfigError(`${name} must be one of: ${values.join(', ')}.`)
  return value as T
}

export function integer(env: Env, name: string, fallback: number, min: number, max: number): number {
  const text = env[name]
  if (text === undefined || text === '') return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < min || value > max)
    throw new ConfigError(`${name} must be a whole number from ${min} to ${max}.`)
  return value
}

/** 32 bytes; null: not set. */
export function key(env: Env, name: string): Buffer | null {
  const text = env[name]
  if (!text) return null
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== 32) throw new ConfigError(`${name} must be 32 bytes in base64 (openssl rand -base64 32).`)
  return bytes
}
