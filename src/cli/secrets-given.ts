import type { Command } from 'commander'
import { redactor } from '../endpoint/index.ts'
import type { Header } from '../wire/index.ts'

interface Secrets {
  readonly apiKey?: string
  readonly controlToken?: string
  readonly header?: readonly Header[]
  readonly vs?: string
}

/** Makes a function that removes from a text whatever secrets commands were given, in whatever way. */
export function withoutSecretsOf(commands: readonly Command[]): (text: string) => string {
  const redactors = commands.flatMap((command) => {
    const { apiKey, controlToken, header: headers = [], vs = '' } = command.opts<Secrets>()
    const urls = command.processedArgs.filter((each) => typeof each === 'string')
    return [...urls, vs].flatMap((givenUrl) => [
      redactor({ givenUrl, apiKey, headers }),
      redactor({ givenUrl, apiKey: controlToken, headers }),
    ])
  })
  return (text) => redactors.reduce((rest, { text: redact }) => redact(rest), text)
}
