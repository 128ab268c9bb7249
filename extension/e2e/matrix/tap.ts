import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Tap {
  origin: string
  /** Every byte that came in for the backend, of all connections. */
  heard(): Buffer
  close(): Promise<void>
}

/** Stands in front of a server on loopback and hears all that is said to it: request lines, headers and bodies. */
export async function startTap(port: number): Promise<Tap> {
  const heard: Buffer[] = []
  const open = new Set<Socket>()
  const server = createServer(client => {
    const behind = connect(port, '127.0.0.1')
    for (const socket of [client, behind]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => open.delete(socket))
    }
    client.on('data', (chunk: Buffer) => heard.push(chunk))
    client.pipe(behind)
    behind.pipe(client)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    heard: () => Buffer.concat(heard),
    async close() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
