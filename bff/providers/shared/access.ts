import { baseUrl, type Env, type Mode, secret } from '../../config/env.ts'

/** How an API with a key is reached. Base URLs have no slash at the end. */
export interface ApiAccess {
  key: string
  baseUrl: string
}

/** The settings NAME_API_KEY and NAME_BASE_URL; null: no key is set. */
export function apiAccess(env: Env, mode: Mode, name: string, usualUrl: string): ApiAccess | null {
  const key = secret(env, `${name}_API_KEY`)
  const base = baseUrl(env, mode, `${name}_BASE_URL`, usualUrl)
  return key === null ? null : { key, baseUrl: base }
}
