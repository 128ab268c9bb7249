import { developmentExtensionId } from '../../../bff/config/config.ts'
import type { TestBrowser } from '../fixtures/browser.ts'

interface DeveloperPrivate {
  updateExtensionConfiguration(change: { extensionId: string; hostAccess?: string }): Promise<void>
  updateProfileConfiguration(change: { inDeveloperMode: boolean }): Promise<void>
  addHostPermission(extensionId: string, host: string): Promise<void>
}

export interface Settings {
  hostAccess?: 'ON_CLICK' | 'ON_SPECIFIC_SITES' | 'ON_ALL_SITES'
  /** Patterns of the specific sites. */
  sites?: string[]
}

/** What a person sets on Chrome's own page of extensions. */
export async function configure(chromium: TestBrowser, { sites = [], ...change }: Settings): Promise<void> {
  const settings = await chromium.openPage('chrome://extensions/')
  await settings.evaluate(
    async (extensionId, changed, hosts) => {
      const { developerPrivate } = chrome as unknown as { developerPrivate: DeveloperPrivate }
      // Else Chrome does not start an unpacked extension again.
      await developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })
      await developerPrivate.updateExtensionConfiguration({ extensionId, ...changed })
      for (const host of hosts) await developerPrivate.addHostPermission(extensionId, host)
    },
    developmentExtensionId,
    change,
    sites,
  )
  await settings.close()
}
