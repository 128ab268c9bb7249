import type { PagePlace } from '../../picking/protocol.ts'
import type { Crop } from './crop-capture.ts'

/** Why there is no on-screen version, each with its own sentence (`sources.on_screen.<reason>`). */
export type CropFailure =
  /** Chrome lets a tab be captured only after a click on the extension's icon or menu entry there. */
  | 'no_grant'
  | 'out_of_sight'
  /** The page or the tab in front changed at that moment, or Chrome allows no capture so soon after another. */
  | 'again'

interface CropDeps {
  /** Where the picture is now; null when nobody can tell. */
  place(): Promise<PagePlace | null>
  /** The visible part of the tab in front, as a PNG in a data: URL. */
  capture(): Promise<string>
  isInFront(): Promise<boolean>
  crop(capture: string, place: PagePlace): Promise<Crop | null>
}

const isRefusal = (error: unknown) => /activeTab|all_urls/.test(String(error))

const isInSight = ([, seen]: PagePlace) => seen.width > 0 && seen.height > 0

const isSamePlace = (one: PagePlace | null, other: PagePlace | null) => JSON.stringify(one) === JSON.stringify(other)

/**
 * What is on the screen where the picture is. One capture, which is used only when the picture stood still around it and
 * its tab was in front: else the crop could show something else.
 */
export const cropFromScreen = async ({ place, capture, isInFront, crop }: CropDeps): Promise<Crop | CropFailure> => {
  const before = await place()
  if (!before || !isInSight(before)) return 'out_of_sight'
  let captured: string
  try {
    captured = await capture()
  } catch (error) {
    return isRefusal(error) ? 'no_grant' : 'again'
  }
  if (!(await isInFront()) || !isSamePlace(before, await place())) return 'again'
  return (await crop(captured, before)) ?? 'out_of_sight'
}
