/**
 * Everything the extension keeps on this computer, by key. The policy's list of stored things is this table: what has no
 * row here cannot be written, and whatever is not the device's goes when its person leaves (`empty.ts`). The check of what
 * is read stands where the item is defined.
 */
interface StoredRow {
  area: 'local' | 'session' | 'indexedDB' | 'localStorage'
  /** Whose it is: `person` is somebody's work and goes with them, `device` stays for whoever sits here. */
  owner: 'person' | 'device'
  /** Of the shape, 1 at first. For a database that of its stores. */
  version: number
  /** Stands under several ids: `<key>.<id>`. */
  isFamily?: true
}

export const storedRows = {
  /** Theme, language, whether the welcome was seen. */
  settings: { area: 'local', owner: 'device', version: 1 },
  /** The refresh token, or how the last sign-in ended. Says who is here, so the sign-in itself replaces it. */
  session: { area: 'local', owner: 'device', version: 1 },
  /** Id of the person whose things the rows of owner `person` are. */
  owner: { area: 'local', owner: 'device', version: 1 },
  /** One per window (`draft.<window>`): words, model, options, facts of the slots, key of an unanswered press. */
  draft: { area: 'local', owner: 'person', version: 3, isFamily: true },
  /** Prompts used before, for the Up key. */
  prompts: { area: 'local', owner: 'person', version: 1 },
  /** Models used last, newest first. */
  models: { area: 'local', owner: 'person', version: 1 },
  /** Makers the person was told about before the first picture went there. */
  acknowledged: { area: 'local', owner: 'person', version: 1 },
  /** Whether the strip may load the page's pictures to show them. */
  previews: { area: 'local', owner: 'device', version: 1 },
  /** From which size on the strip lists the page's pictures. */
  smallestSide: { area: 'local', owner: 'device', version: 1 },
  /** The access token and when it ends. Comes and goes with `session`. */
  access: { area: 'session', owner: 'device', version: 1 },
  /** State and PKCE verifier of a sign-in under way: nobody's yet. */
  signIn: { area: 'session', owner: 'device', version: 1 },
  /** Code of the problem a sign-in ended with. */
  signInProblem: { area: 'session', owner: 'device', version: 1 },
  /** Name and e-mail, to show who is signed in. */
  person: { area: 'session', owner: 'person', version: 1 },
  /** Credits as last read from the backend. */
  balance: { area: 'session', owner: 'person', version: 1 },
  /** A picture chosen by right-click, on its way to the panel that the click opens. */
  menuRequest: { area: 'session', owner: 'device', version: 1 },
  /** The local copy of the history: facts, thumbnails, files. */
  results: { area: 'indexedDB', owner: 'person', version: 2 },
  /** The bytes of the drafts' pictures. */
  'mimicit-sources': { area: 'indexedDB', owner: 'person', version: 1 },
  /** A copy of the theme, for public/theme.js, which must know it before anything can be awaited. */
  theme: { area: 'localStorage', owner: 'device', version: 1 },
} as const satisfies Record<string, StoredRow>

type Rows = typeof storedRows
export type Area = StoredRow['area']
export type KeyIn<A extends Area> = { [K in keyof Rows]: Rows[K]['area'] extends A ? K : never }[keyof Rows]

/** The row of a key as it lies in its area; one of several under an id (`draft.7`) belongs to the row of all. */
export function rowOf(area: Area, key: string): StoredRow | undefined {
  const rows: Readonly<Record<string, StoredRow>> = storedRows
  const [family = ''] = key.split('.')
  const row = rows[key] ?? (rows[family]?.isFamily ? rows[family] : undefined)
  return row?.area === area ? row : undefined
}
