export const tools = ['crop', 'brush', 'area'] as const
export type Tool = (typeof tools)[number]

/** Width of the brush in hundredths of the picture's long side. */
export const brushSizes = { least: 2, usual: 12, most: 40 } as const
