import type { Canvas } from './canvas.ts'
import { hash } from './noise.ts'
import { drawShapes, layShapes } from './shapes.ts'

const box: [number, number] = [600, 420]

function blade(i: number): string {
  const foot = 16 + 430 * hash(i, 1, 90) ** 1.5
  const tall = (120 + 250 * hash(i, 2, 90)) * (1 - foot / 900)
  const lean = (hash(i, 3, 90) - 0.35) * 130
  const wide = 1.6 + 2.6 * hash(i, 4, 90)
  const [tipX, tipY] = [foot + lean, 420 - tall]
  const [midX, midY] = [foot + lean * 0.22, 420 - tall * 0.6]
  const leaf = `<path d="M${foot - wide} 424 Q${midX - wide * 0.6} ${midY} ${tipX} ${tipY} Q${midX + wide * 0.6} ${midY} ${foot + wide} 424Z"/>`
  if (hash(i, 5, 90) < 0.72) return leaf
  // Some carry a cattail.
  const [x, y] = [foot + lean * 0.3, 420 - tall * 1.05]
  return `${leaf}<path d="M${foot} 424 Q${foot + lean * 0.1} ${420 - tall * 0.5} ${x} ${y}" fill="none" stroke="#0b0d16" stroke-width="2"/>
    <path d="M${x - 3} ${y + 34} q-1 -30 3 -32 q6 2 5 33z"/>`
}

/** Reeds in the left corner, out of focus as they are near. */
export async function paintReeds(canvas: Canvas): Promise<void> {
  const blades = Array.from({ length: 46 }, (_, i) => blade(i)).join('')
  const width = Math.round(canvas.width * 0.4)
  const reeds = await drawShapes(`<g fill="#0b0d16">${blades}</g>`, box, width, canvas.width / 1400)
  layShapes(canvas, reeds, -Math.round(canvas.width * 0.012), canvas.height - reeds.height)
}
