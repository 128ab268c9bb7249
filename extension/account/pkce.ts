/** Proof Key for Code Exchange (RFC 7636), method S256. */

/** 256 random bits as base64url without padding: 43 characters. */
export const randomSecret = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)))

/** What may be shown of a verifier: its SHA-256. */
export async function challengeOf(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))))
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
