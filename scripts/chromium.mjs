import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome-for-testing']
const places = [
  '/usr/bin',
  '/usr/local/bin',
  '/snap/bin',
  '/opt/homebrew/bin',
  '/Applications/Chromium.app/Contents/MacOS',
]

/**
 * Path of a Chromium that can load an unpacked extension, or null: PUPPETEER_EXECUTABLE_PATH, puppeteer's own download,
 * else the system's. Branded Chrome is not looked for: it no longer loads extensions given on the command line.
 */
export async function findChromium() {
  const { default: puppeteer } = await import('puppeteer')
  const candidates = [process.env.PUPPETEER_EXECUTABLE_PATH, await downloaded(puppeteer)]
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), ...places])
    for (const name of [...names, 'Chromium']) candidates.push(join(folder, name))
  return candidates.find(isProgram) ?? null
}

async function downloaded(puppeteer) {
  try {
    return await puppeteer.executablePath()
  } catch {
    return undefined
  }
}

function isProgram(file) {
  if (!file) return false
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
