import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'

interface Wanted {
  /** The variable that sets the port. */
  name: string
  set?: string | undefined
  usual: number
  /** Hears which port it is when the usual one was taken. */
  moved(port: number): void
}

/**
 * Starts something on the port that the variable `name` sets. When it sets none: on the usual port, or on a free one when
 * that is taken. 0 stands for any free port.
 */
export async function startOnPort<T>(
  { name, set = process.env[name], usual, moved }: Wanted,
  start: (port: number) => Promise<T>,
): Promise<T> {
  if (set && set !== '0') return startOnSetPort(name, set, start)
  for (let port = set ? await freePort() : usual; ; port = await freePort()) {
    if (!(await isFree(port))) continue
    try {
      const started = await start(port)
      if (port !== usual && !set) moved(port)
      return started
    } catch (error) {
      // Somebody else may have been faster; whatever else went wrong would go wrong again.
      if (await isFree(port)) throw error
    }
  }
}

async function startOnSetPort<T>(name: string, text: string, start: (port: number) => Promise<T>): Promise<T> {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65535)
    throw new Error(`${name} must be a whole number from 0 to 65535.`)
  try {
    return await start(port)
  } catch (error) {
    const taken = error as NodeJS.ErrnoException & { port?: number }
    if (taken.code !== 'EADDRINUSE' || taken.port !== port) throw error
    throw new Error(`Port ${port} is in use. Stop what listens there, or set ${name} to another one.`)
  }
}

/** Whether nobody answers there, at either of the addresses that browsers try for `localhost`. */
async function isFree(port: number): Promise<boolean> {
  const answers = await Promise.all(['127.0.0.1', '::1'].map(host => isAnswered(port, host)))
  return !answers.includes(true)
}

/** Asks by a connection: to listen there oneself, for a moment, would be in the way of whoever is about to. */
function isAnswered(port: number, host: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, host)
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
