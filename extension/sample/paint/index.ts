/** All pictures of the sample page. Each painter answers its files by name. */
import { bustInTheStudio } from './bust.ts'
import { paperCity } from './city.ts'
import { dunesAtEvening } from './dunes.ts'
import { fruitByTheWindow } from './fruit.ts'
import { lakeAtDawn, lakeAtDusk } from './lake.ts'
import { leavesOnThePond } from './leaves.ts'
import { moon } from './moon.ts'
import { seaAtNight } from './night.ts'
import { wetPebbles } from './pebbles.ts'
import { mark, movingTide, wavePattern } from './prints.ts'
import { indigoCloth } from './textile.ts'

type Painter = () => Promise<Record<string, Buffer>>

export const painters: readonly Painter[] = [
  lakeAtDusk,
  lakeAtDawn,
  seaAtNight,
  indigoCloth,
  fruitByTheWindow,
  paperCity,
  bustInTheStudio,
  leavesOnThePond,
  wetPebbles,
  dunesAtEvening,
  moon,
  wavePattern,
  movingTide,
  mark,
]
