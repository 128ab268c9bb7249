/** The red seal; its M is two brush strokes leaning on each other. Same drawing as public/icon.svg. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" width="20" height="20" role="img" aria-label="Mimicit">
      <rect className="mark-seal" width="32" height="32" rx="7.5" />
      <path className="mark-letter" d="M8 24V9l8 10 8-10v15" />
    </svg>
  )
}
