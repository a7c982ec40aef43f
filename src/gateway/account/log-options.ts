import { format } from 'node:util'
import type { FastifyLoggerOptions, FastifyServerOptions } from 'fastify'
import { pathOf } from '../../wire/index.ts'
import type { TextRedactor } from './text-redactor.ts'
import { TurnLine } from './turn-line.ts'

export interface LogOptions {
  readonly redactor: TextRedactor
  /** @defaultValue 'info' */
  readonly level?: string
  /** @defaultValue standard output */
  readonly stream?: NonNullable<FastifyLoggerOptions['stream']>
}

/**
 * The `logger` of a fastify server whose log tells no secret. pino's own redaction knows paths only: URLs,
 * messages and stacks pass it.
 */
export function logOptions(options: LogOptions): NonNullable<FastifyServerOptions['logger']> {
  const { redactor, level = 'info', stream } = options
  const text = (value: unknown) => redactor.foreign(value === undefined ? '' : format(value))
  return {
    level,
    ...(stream && { stream }),
    serializers: {
      reqId: (id: unknown) => redactor.name(String(id)),
      req: ({ method, url }) => ({ method, path: redactor.foreign(pathOf(url)) }),
      res: ({ statusCode }) => ({ statusCode }),
      // Its message may quote anything; its name and code may be anything, too.
      err: (error) => ({
        type: text(error.name),
        message: text(error.code),
        stack: framesOf(error).map(redactor.foreign).join('\n'),
      }),
    },
    hooks: {
      logMethod(args, method) {
        const [first, ...rest] = args as unknown[]
        if (first instanceof TurnLine) return method.apply(this, args)
        if (typeof first === 'string') {
          return method.apply(this, [redactor.foreign(format(first, ...rest))])
        }
        const fields = fieldsOf(first)
        // What is said of an error may be what it says itself, which is nothing for a log.
        const isSaid = rest.length > 0 && rest[0] !== fields.err?.message
        method.apply(this, [fields, isSaid ? redactor.foreign(format(...rest)) : 'error'])
      },
    },
  }
}

/** What fastify's own lines may say. */
const KNOWN_FIELDS = ['req', 'res', 'responseTime'] as const

function fieldsOf(told: unknown): { err?: Error } {
  const fields = Object(told) as Readonly<Record<string, unknown>>
  const known = KNOWN_FIELDS.filter((name) => fields[name] !== undefined)
  const error = told instanceof Error ? told : fields['err']
  return {
    ...Object.fromEntries(known.map((name) => [name, fields[name]])),
    ...(error instanceof Error && { err: error }),
  }
}

const MOST_FRAMES = 10

/** Where it was thrown; nothing where the message cannot be told from it. */
function framesOf({ stack = '', message }: Error): string[] {
  const at = stack.indexOf(message)
  if (message === '' || at < 0 || stack.slice(0, at).includes('\n')) return []
  const frames = stack.slice(at + message.length).match(/^ {4}at .+$/gm) ?? []
  return frames.slice(0, MOST_FRAMES)
}
