import type { TextRedactor } from './text-redactor.ts'
import { TurnLine } from './turn-line.ts'
import type { TurnObserver, TurnRecord } from './turn-record.ts'

/** What lines are written with: that of fastify, or any other of the kind of pino. */
interface LineLogger {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export interface RequestLogOptions {
  readonly logger: LineLogger
  readonly redactor: TextRedactor
  /**
   * Whether what was asked and said is logged.
   *
   * @defaultValue false
   */
  readonly content?: boolean
  /** The environment variables from which keys of upstreams come, by the upstream's name. */
  readonly keyVariables?: Readonly<Record<string, string>>
}

/** Logs one line a request, when it is over. */
export function requestLog(options: RequestLogOptions): TurnObserver {
  const { logger, redactor, content = false, keyVariables = {} } = options
  return {
    began: () => (record) => {
      const line = new TurnLine(record, redactor, content)
      logger[levelOf(record)](line, messageOf(record, keyVariables))
    },
  }
}

function levelOf(record: TurnRecord): keyof LineLogger {
  switch (record.outcome) {
    case 'failed':
      return 'error'
    case 'apologized':
    case 'refused':
      return 'warn'
    case 'answered':
    case 'client-left':
    case 'superseded':
    case 'drained':
      // Whoever answered in its place: a key that is refused is refused to every request.
      return refusals(record).length > 0 ? 'warn' : 'info'
  }
}

function messageOf(record: TurnRecord, keyVariables: RequestLogOptions['keyVariables']): string {
  const refused = refusals(record).map((upstream) => {
    const variable = keyVariables?.[upstream]
    return `${upstream} refused the gateway's key${variable === undefined ? '' : ` (${variable})`}`
  })
  return [`request ${record.outcome}`, ...refused].join('; ')
}

/** The upstreams that refused the gateway's key. */
function refusals({ attempts }: TurnRecord): string[] {
  const refused = attempts.filter(({ fault }) => fault === 'unauthorized')
  return [...new Set(refused.map(({ upstream }) => upstream))]
}
