import { chat } from '../../src/protocol/index.ts'
import { selfTest } from '../support/self-test.ts'

selfTest(chat)
