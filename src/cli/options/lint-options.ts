import type { Command } from 'commander'
import { reporters } from '../../report/index.ts'
import {
  configOption,
  failOnOption,
  jsonOption,
  onlyOption,
  sinceOption,
  skipOption,
} from './options.ts'
import { profileOption } from './profile-option.ts'
import { reporterOption } from './reporter-option.ts'

/** Adds the options of what judges exchanges that others sent. */
export function withLintOptions(command: Command): Command {
  return command
    .addOption(configOption)
    .addOption(profileOption)
    .addOption(onlyOption)
    .addOption(skipOption)
    .addOption(failOnOption)
    .addOption(sinceOption)
    .addOption(reporterOption(reporters))
    .addOption(jsonOption)
}
