import { readFileSync } from 'node:fs'

/** Clock ticks a second of Linux's /proc, on every machine it runs on (sysconf _SC_CLK_TCK). */
const ticksPerSecond = 100

/** Milliseconds of processor time that a process has used so far (proc(5), fields 14 and 15 of stat). */
export function cpuMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond
}

/** Megabytes of memory a process holds now. */
export function memoryMb(pid: number): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
}
