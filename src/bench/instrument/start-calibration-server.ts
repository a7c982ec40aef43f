import { once } from 'node:events'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { CalibrationServerOptions } from './calibration-messages.ts'

/** Starts the calibration server in a thread of its own, on loopback. */
export async function startCalibrationServer(options: CalibrationServerOptions = {}) {
  const file = `./calibration-server${extname(import.meta.url)}`
  const worker = new Worker(new URL(file, import.meta.url), { workerData: options })
  const [port] = (await once(worker, 'message')) as [number]
  const close = async () => void (await worker.terminate())
  return { url: `http://127.0.0.1:${port}/v1`, close, [Symbol.asyncDispose]: close }
}
