import { type RefObject, useLayoutEffect, useRef } from 'react'

/** A dialog that is open as long as it is there: the rest is inert meanwhile, and the focus goes back where it was. */
export const useDialog = (): RefObject<HTMLDialogElement | null> => {
  const ref = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return ref
}
