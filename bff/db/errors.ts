/** Thrown when the database cannot be opened; the message is a sentence for the person who starts the backend. */
export class DatabaseError extends Error {
  override name = 'DatabaseError'
}
