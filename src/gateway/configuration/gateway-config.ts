import type { Shape } from '../../protocol/index.ts'
import type { VoiceOptions } from '../gateway-options.ts'
import type { FindKey } from '../keys/find-key.ts'
import type { LanguageModel } from '../upstream/model/language-model.ts'
import type { HostedModel } from '../upstream/model-choice.ts'
import type { Upstream } from '../upstream/upstream.ts'
import type { gatewayConfigSchema } from './gateway-config-schema.ts'

/** A gateway as JSON can describe it. */
type GatewayConfigJson = Partial<Shape<typeof gatewayConfigSchema>>

/** An upstream by its name or URL. */
export type NamedUpstream = NonNullable<GatewayConfigJson['models']>[string][number]

/** An upstream as code has it: a model of the AI SDK, or anything that answers as one. */
export type UpstreamInCode = LanguageModel | HostedModel | Upstream

/** A gateway as code can describe it. */
export interface GatewayConfig
  extends
    Omit<GatewayConfigJson, 'models' | 'keys'>,
    Pick<VoiceOptions, 'onExtraBody' | 'observers'> {
  readonly models?: Readonly<Record<string, readonly (NamedUpstream | UpstreamInCode)[]>>
  /** Who may ask: a list, or what finds out whose key it is. */
  readonly keys?: NonNullable<GatewayConfigJson['keys']> | FindKey
}
