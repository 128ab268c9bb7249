import { parentPort, workerData } from 'node:worker_threads'
import { openReadOnly } from '../../db/open-read-only.ts'
import { inspectLedger } from './inspect.ts'

const { file, now } = workerData as { file: string; now: number }
const { read, close } = openReadOnly(file)
parentPort!.postMessage(await inspectLedger(read, now))
close()
