import { type Plane, part, type Tick } from './bitmap.ts'
import { blur } from './blur.ts'
import { type Flow, smoothAlong } from './flow.ts'

export interface LineOptions {
  /** Half the width of a line, in pixels. */
  width: number
  /** How readily a dark side of an edge becomes a line: 0.9 only the strongest, 0.99 many. */
  eagerness: number
  /** How sharply a line ends against the paper. */
  sharpness: number
  /** Length over which a line is drawn through, in pixels. */
  reach: number
}

/** Differences that are noise, not lines; in deep shadow nothing else would hold them back. */
const faintest = 0.004

/**
 * Lines along the dark side of edges, 0 paper to 1 ink: the extended difference of Gaussians (Winnemöller 2012), made
 * coherent by drawing it out along the flow.
 */
export function edgeLines(
  tone: Plane,
  width: number,
  height: number,
  flow: Flow,
  { width: sigma, eagerness, sharpness, reach }: LineOptions,
  tick: Tick,
): Plane {
  const near = blur(tone, width, height, sigma)
  const far = blur(tone, width, height, sigma * 1.6)
  tick(0.3)
  for (let i = 0; i < near.length; i++) near[i]! -= eagerness * far[i]!
  const drawn = smoothAlong(near, width, height, flow, reach, part(tick, 0.3, 0.95))
  // Where tone is flat the difference is (1 - eagerness) * tone: that is paper.
  const paper = 1 - eagerness
  for (let i = 0; i < drawn.length; i++) {
    const depth = paper * tone[i]! * 0.45 - drawn[i]! - faintest
    drawn[i] = depth <= 0 ? 0 : Math.tanh(depth * sharpness)
  }
  tick(1)
  return drawn
}
