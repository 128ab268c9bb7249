/** Id of the button that shows a slot's picture. */
export const slotButtonId = (id: string) => `source-${id}`

export const focusSlot = (id: string) => document.getElementById(slotButtonId(id))?.focus()
