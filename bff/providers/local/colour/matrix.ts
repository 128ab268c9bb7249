/** A symmetric 2 x 2 matrix: [[xx, xy], [xy, yy]]. */
export interface Symmetric {
  xx: number
  xy: number
  yy: number
}

/** Square root of a positive definite matrix: the one that is positive definite itself. */
export function root({ xx, xy, yy }: Symmetric): Symmetric {
  const s = Math.sqrt(Math.max(0, xx * yy - xy * xy))
  const t = Math.sqrt(Math.max(1e-12, xx + yy + 2 * s))
  return { xx: (xx + s) / t, xy: xy / t, yy: (yy + s) / t }
}

export function inverse({ xx, xy, yy }: Symmetric): Symmetric {
  const determinant = Math.max(1e-18, xx * yy - xy * xy)
  return { xx: yy / determinant, xy: -xy / determinant, yy: xx / determinant }
}

/** outer * inner * outer, symmetric again. */
export function sandwich(outer: Symmetric, inner: Symmetric): Symmetric {
  const a = outer.xx * inner.xx + outer.xy * inner.xy
  const b = outer.xx * inner.xy + outer.xy * inner.yy
  const c = outer.xy * inner.xx + outer.yy * inner.xy
  const d = outer.xy * inner.xy + outer.yy * inner.yy
  return { xx: a * outer.xx + b * outer.xy, xy: a * outer.xy + b * outer.yy, yy: c * outer.xy + d * outer.yy }
}
