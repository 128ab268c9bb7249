import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const needed = ['Xvfb', 'openbox', 'xdotool']

const isHere = (tool: string) =>
  (process.env.PATH ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, tool), constants.X_OK)
      return true
    } catch {
      return false
    }
  })

/** Programs that a real window without a screen needs and this machine lacks. */
export const missingTools = needed.filter(tool => !isHere(tool))
