import { randomUUIDv7 } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Vault } from '../../privacy/vault.ts'

/** Somebody who can sign in on this machine. There is no password: whoever sits here may choose any of them. */
export interface LocalAccount {
  id: string
  name: string
  email: string
}

export interface LocalAccounts {
  list(): readonly LocalAccount[]
  get(id: string): LocalAccount | undefined
  add(account: { name: string; email: string }): Promise<LocalAccount>
}

const context = 'embedded-accounts'

/** Local accounts in one sealed file, so that names and addresses lie open nowhere; throws when it cannot be read. */
export function openLocalAccounts(file: string, vault: Vault): LocalAccounts {
  let accounts = read(file, vault)
  let saving = Promise.resolve()

  const save = (content: string) => {
    saving = saving.catch(() => {}).then(() => replace(file, content))
    return saving
  }

  return {
    list: () => accounts,
    get: id => accounts.find(account => account.id === id),
    async add({ name, email }) {
      const account = { id: randomUUIDv7(), name, email }
      accounts = [...accounts, account]
      await save(sealed(accounts, vault))
      return account
    },
  }
}

function sealed(accounts: readonly LocalAccount[], vault: Vault): string {
  const { wrapped } = vault.createKey()
  const box = vault.open(wrapped).seal(JSON.stringify(accounts), context)
  return JSON.stringify({ key: base64(wrapped), accounts: base64(box) })
}

function read(file: string, vault: Vault): readonly LocalAccount[] {
  let content: string
  try {
    content = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  try {
    const { key, accounts } = JSON.parse(content) as { key: string; accounts: string }
    return JSON.parse(
      vault.open(Buffer.from(key, 'base64')).unseal(Buffer.from(accounts, 'base64'), context).toString(),
    )
  } catch (cause) {
    throw new Error(`${file} is damaged or was sealed with another master key.`, { cause })
  }
}

/** Readers see the old file or the new one, never half of one. */
async function replace(file: string, content: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(`${file}.new`, content, { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
