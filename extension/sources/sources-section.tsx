import './sources.css'

/** What the picture is made from: the slots with their roles, and the pictures of the page. */
export function SourcesSection() {
  return <section className="sources" />
}
