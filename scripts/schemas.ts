import { configSchema } from '../src/config/index.ts'
import {
  baselineSchema,
  checkReportSchema,
  examplesSchema,
  lintReportSchema,
} from '../src/conformance/index.ts'
import { benchReportSchema } from '../src/bench/index.ts'
import { gatewayConfigSchema, keysSchema } from '../src/gateway/node.ts'
import { requestFixtureSchema } from '../src/conformance/probes/request-fixture.ts'
import { scenariosSchema } from '../src/mocks/index.ts'
import { exchangeSchema } from '../src/wire/index.ts'

/** The published JSON Schemas, by the name of their file in `schemas/`. */
export const schemas = {
  'bench-report': benchReportSchema,
  'check-report': checkReportSchema,
  'lint-report': lintReportSchema,
  config: configSchema,
  baseline: baselineSchema,
  examples: examplesSchema,
  exchange: exchangeSchema,
  gateway: gatewayConfigSchema,
  'gateway-keys': keysSchema,
  'request-fixture': requestFixtureSchema,
  scenarios: scenariosSchema,
}
