import { useState } from 'react'
import { type ApiProblem, asProblem } from '../platform/api/problem.ts'

/** Runs one thing at a time that the person pressed for, and keeps why it failed. */
export function useTask() {
  const [isRunning, setRunning] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const run = async (task: () => Promise<unknown>) => {
    if (isRunning) return
    setRunning(true)
    setProblem(null)
    try {
      await task()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setRunning(false)
    }
  }
  return { isRunning, problem, run }
}
