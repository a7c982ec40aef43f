import { InvalidArgumentError, Option } from 'commander'
import { whyNotSentAlong } from '../../endpoint/index.ts'
import { type JsonObject, parseJson } from '../../protocol/index.ts'
import { whyNotJson } from '../files/why-not-json.ts'

/** `--extra-body '{"case":"A1"}'`. */
export const extraBodyOption = new Option(
  '--extra-body <json>',
  'object to send along with every request, where the platform puts it: ElevenLabs in elevenlabs_extra_body',
).argParser((text: string): JsonObject => {
  const value = parseJson(text)
  const why = value === undefined ? `it is ${whyNotJson(text)}` : whyNotSentAlong(value, 'within')
  if (why === undefined) return value as JsonObject
  throw new InvalidArgumentError(`It cannot be sent: ${why}.`)
})
