import type { Canvas } from './canvas.ts'
import { noise } from './noise.ts'
import { drawShapes, layPixel, layShapes } from './shapes.ts'

const box: [number, number] = [320, 190]
/** Where the water touches the hull, in units of the box. */
const waterline = 150

const hull = `
  <path d="M18 112 C90 100 214 98 300 84 C230 128 96 136 18 112Z" fill="#3a2a30"/>
  <path d="M40 113 C100 104 210 102 280 91 C220 121 108 128 40 113Z" fill="#1b1620"/>
  <path d="M92 108 l10 14 34 2 -8 -18z M196 101 l6 18 30 -5 -10 -16z" fill="#4b3238"/>
  <path d="M18 112 C96 137 230 129 300 84 C292 118 276 142 250 152 L56 152 C36 146 22 132 18 112Z" fill="#171520"/>
  <path d="M24 122 C100 148 224 142 290 103 C284 120 276 132 268 140 C210 152 92 152 38 141 C31 136 27 129 24 122Z" fill="#211b26"/>
  <path d="M18 112 C96 137 230 129 300 84" fill="none" stroke="#d98a58" stroke-width="2.6" stroke-linecap="round"/>
  <path d="M18 112 C90 100 214 98 300 84" fill="none" stroke="#f2b27a" stroke-width="1.8" stroke-linecap="round"/>`

const rower = `
  <path d="M166 118 C162 98 153 84 156 68 C158 58 164 54 170 52 L170 42 178 42 179 52 C190 55 195 70 193 86 C192 98 196 110 200 120Z" fill="#15141d"/>
  <path d="M186 116 C168 106 150 106 140 112 L132 124 144 124 C160 118 174 122 190 124Z" fill="#15141d"/>
  <path d="M170 62 C160 76 146 84 134 88 L131 93 C150 93 168 86 180 74Z" fill="#1d1a24"/>
  <ellipse cx="170" cy="36" rx="8.5" ry="10" fill="#15141d"/>
  <path d="M150 32 C158 28 163 18 170 17 C178 17 182 25 191 31 C181 36 160 37 150 32Z" fill="#2a2022"/>
  <path d="M150 32 C158 28 163 18 170 17 C178 17 182 25 191 31" fill="none" stroke="#f0ae74" stroke-width="1.6"/>
  <path d="M179 52 C190 55 195 70 193 86 C192 98 196 110 200 120" fill="none" stroke="#e59a66" stroke-width="1.7" opacity=".8"/>`

const oar = `
  <path d="M134 91 L92 128 48 160" fill="none" stroke="#2b2127" stroke-width="3.4" stroke-linecap="round"/>
  <path d="M134 90 L92 127" fill="none" stroke="#d08a5c" stroke-width="1" opacity=".8"/>
  <path d="M58 150 L36 163 C32 167 36 171 42 169 L63 156Z" fill="#241c23"/>`

/** A rowing boat against the light, with its mirror image in the water. */
export async function paintBoat(canvas: Canvas, centre: number, waterRow: number, width: number): Promise<void> {
  const boat = await drawShapes(hull + rower + oar, box, width)
  const left = Math.round(centre - width / 2)
  const keel = Math.round((waterline / box[1]) * boat.height)
  const deep = Math.round(keel * 1.15)
  for (let down = 0; down < deep; down++) {
    const strength = 0.97 * (1 - (down / deep) ** 2)
    for (let x = -12; x < boat.width + 12; x++) {
      const sway = noise((left + x) * 0.02, (waterRow + down) * 0.2, 81) + 0.5 * noise(x * 0.06, down * 0.45, 82)
      const from = Math.round(keel - down * 0.96 - sway * down * 0.16)
      layPixel(canvas, left + x, waterRow + down, boat, Math.round(x + sway * (1.5 + down * 0.05)), from, strength)
    }
  }
  layShapes(canvas, { ...boat, height: keel }, left, waterRow - keel)
}
