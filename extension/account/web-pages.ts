import { origin } from '../platform/api/origin.ts'

const open = (path: string) => void chrome.tabs.create({ url: origin + path })

/** Name, language, where one is signed in, pausing. */
export const openAccountPage = () => open('/account')

/** The questions again, after the policy has changed; their page leads back to the panel. */
export const openConsentPage = () => open('/consent')
