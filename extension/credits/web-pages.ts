import { origin } from '../platform/api/origin.ts'

const open = (path: string) => void chrome.tabs.create({ url: origin + path })

/** What became of a purchase, its receipt, and giving it back. */
export const openPurchasePage = (id: string) => open(`/credits/done?purchase=${encodeURIComponent(id)}`)

/** 特定商取引法 and 資金決済法: who sells, for what price, and what holds for the credits. */
export const legalPages = { commerce: `${origin}/legal/commerce`, prepaid: `${origin}/legal/prepaid` }
