import closeWithGrace from 'close-with-grace'
import { build } from './app/app.ts'
import { OperatorError } from './billing/operator.ts'
import { PacksError } from './billing/packs.ts'
import { ConfigError, readConfig } from './config/config.ts'
import { DatabaseError } from './db/errors.ts'
import { CatalogueError } from './models/registry.ts'
import { openProviders } from './providers/index.ts'

/** Time for running work to end after SIGTERM, in milliseconds; what is not done by then is marked and returned. */
const grace = 10_000
/** Marking takes moments, or longer on a busy disk. Only what hangs is cut off, and ends with code 1. */
const hangs = grace + 20_000

/** Started with a channel to somebody, it does not outlive them. */
const endAlone = () => process.kill(process.pid, 'SIGTERM')
process.once('disconnect', endAlone)

try {
  const config = readConfig(process.env)
  const app = await build({ config, providers: openProviders(process.env, config.mode), stopGraceMs: grace })
  closeWithGrace({ delay: hangs, logger: app.log }, async ({ err }) => {
    // A second signal would cut off what the first has begun.
    process.off('disconnect', endAlone)
    if (err) app.log.error({ err }, 'stopping after an error')
    await app.close()
  })
  await app.listen({ host: config.host, port: config.port })
  // Whoever started this process with a channel to it hears when it answers.
  if (process.connected) process.send?.('ready')
} catch (error) {
  console.error(sentenceOf(error) ?? error)
  process.exit(1)
}

/** What the person who starts the backend can act on; anything else is shown whole. */
function sentenceOf(error: unknown): string | undefined {
  if (
    error instanceof ConfigError ||
    error instanceof CatalogueError ||
    error instanceof OperatorError ||
    error instanceof PacksError ||
    error instanceof DatabaseError
  )
    return error.message
  const { code, port } = error as { code?: string; port?: number }
  return code === 'EADDRINUSE'
    ? `Port ${port} is in use. Stop what listens there, or set PORT to another one.`
    : undefined
}
