import './studio.css'

/** The words, the model with its price, the shape and the size. */
export function StudioSection() {
  return <section className="studio" />
}
