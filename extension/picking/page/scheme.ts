/** The schemes that the panel accepts: it refuses a whole list for one other address. */
export const scheme = /^(https?|data|blob|file):/
