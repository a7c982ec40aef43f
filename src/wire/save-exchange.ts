import type { Exchange } from './exchange.ts'
import { exchangeToJson } from './exchange-json.ts'
import { replaceFile } from './replace-file.ts'

/** Exchanges may hold a conversation, which is for its owner only. */
const OWNER_FILE = 0o600

/** Saves an exchange in a file that is there whole, or not at all; gives its size in bytes. */
export async function saveExchange(file: string, exchange: Exchange): Promise<number> {
  const text = `${JSON.stringify(exchangeToJson(exchange), null, 2)}\n`
  await replaceFile(file, text, OWNER_FILE)
  return Buffer.byteLength(text)
}
