/** Text on the toolbar icon, in the seal's colours; '' takes it away. */
export function showBadge(text: string): void {
  const style = getComputedStyle(document.documentElement)
  void chrome.action.setBadgeBackgroundColor({ color: style.getPropertyValue('--seal').trim() })
  void chrome.action.setBadgeTextColor({ color: style.getPropertyValue('--seal-ink').trim() })
  void chrome.action.setBadgeText({ text })
}
