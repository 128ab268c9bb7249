import type { Generation } from '../../bff/contract/generations.ts'

/** Shows a job that was just accepted. */
export function addGeneration(_generation: Generation): void {}

/** Follows the person's jobs until `stopFollowing`; called when someone is signed in. Calling it again does nothing. */
export function startFollowing(): void {}

/** Ends following; the pictures on the screen stay. */
export function stopFollowing(): void {}

/** Empties the local copy of the history and what is on the screen: on request and at sign-out. */
export async function clearLocalHistory(): Promise<void> {}
