import { join } from 'node:path'
import type { ElementHandle, Page } from 'puppeteer'
import { until } from '../pages/wait.ts'
import type { Display } from './display.ts'
import type { InputDevices } from './input-devices.ts'
import { findPicture, type Point, readPicture, readScreen } from './screen.ts'
import { originOf, placeOf } from './screen-positions.ts'

/** Uses the browser as a user does, who sees the screen and has a mouse and a keyboard. */
export interface User {
  click(page: Page, element: ElementHandle): Promise<void>
  /** Clicks a field and types into it. */
  fill(page: Page, field: ElementHandle, text: string): Promise<void>
  /** Right-clicks a picture and clicks "Generate from image" in Chromium's own menu. */
  generateFrom(page: Page, picture: ElementHandle): Promise<void>
  /** Clicks the extension's icon in the toolbar above the page. */
  clickIcon(page: Page): Promise<void>
  /** Drags a picture onto an element of the panel. */
  drag(page: Page, picture: ElementHandle, panel: Page, target: ElementHandle): Promise<void>
}

interface UserDeps {
  display: Display
  input: InputDevices
  /** Folder of the built extension. */
  extension: string
}

export async function createUser({ display, input, extension }: UserDeps): Promise<User> {
  // It marks both the toolbar button and the menu's entry, so both are found by looking, in any version of Chromium.
  const icon = await readPicture(join(extension, 'icon/16.png'))
  const icons = () => findPicture(readScreen(display.screen()), icon)
  const seeIcon = (where: string, isIt: (point: Point) => boolean) =>
    until(`our icon shows in the ${where}`, () => icons().find(isIt))

  const user: User = {
    click: async (page, element) => input.click(await placeOf(page, element, input)),
    async fill(page, field, text) {
      await user.click(page, field)
      await input.type(text)
    },
    async generateFrom(page, picture) {
      const place = await placeOf(page, picture, input)
      const others = icons()
      await input.rightClick(place)
      await input.click(await seeIcon('menu', ({ x, y }) => !others.some(other => other.x === x && other.y === y)))
    },
    async clickIcon(page) {
      const { y: top } = await originOf(page, input)
      await input.click(await seeIcon('toolbar', ({ y }) => y < top))
    },
    async drag(page, picture, panel, target) {
      const to = await placeOf(panel, target, input)
      const from = await placeOf(page, picture, input)
      await input.drag(from, to, () => panel.evaluate(() => 'dragging' in document.documentElement.dataset))
    },
  }
  return user
}
