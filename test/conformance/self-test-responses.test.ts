import { responses } from '../../src/protocol/index.ts'
import { selfTest } from '../support/self-test.ts'

selfTest(responses)
