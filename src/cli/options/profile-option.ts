import { Option } from 'commander'
import { PROFILE_IDS } from '../../conformance/index.ts'

export const profileOption = new Option('--profile <platform>', 'judge as this platform would')
  .choices(PROFILE_IDS)
  .default('elevenlabs')
