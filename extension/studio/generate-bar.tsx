import './studio.css'

/** The one act that costs something: always at the bottom, with its price and where the pictures go. */
export function GenerateBar() {
  return <div className="studio-go" />
}
