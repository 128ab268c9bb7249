import { useEffect, useState } from 'react'

/** The time, told anew at every interval; stands still while `isRunning` is false. */
export function useNow(interval: number, isRunning = true): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!isRunning) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), interval)
    return () => clearInterval(timer)
  }, [interval, isRunning])
  return now
}
