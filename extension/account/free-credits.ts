/** What a new person gets once; the backend's own default, held equal by a test. */
export const freeCredits = 50
