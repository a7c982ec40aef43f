import { responses } from '../../src/protocol/index.ts'
import { testBrokenUpstreams } from '../support/broken-upstreams.ts'

testBrokenUpstreams(responses)
