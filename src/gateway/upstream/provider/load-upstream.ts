import { SoundcheckError } from '../../../endpoint/index.ts'
import type { LanguageModel } from '../model/language-model.ts'
import type { ModelChoice } from '../model-choice.ts'
import { importPackage } from './import-package.ts'
import { type Provider, providers } from './providers.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface UpstreamByName {
  /** A provider, or the URL of a server that speaks chat completions. */
  readonly upstream: string
  readonly model?: string
  /** In place of what the environment says. */
  readonly apiKey?: string
  /** In place of what the environment says. */
  readonly baseUrl?: string
}

interface ProviderModule {
  readonly [factory: string]: (settings: { apiKey?: string; baseURL?: string }) => {
    languageModel(modelId: string): LanguageModel
  }
}

const OPENAI = 'https://api.openai.com/v1'

/**
 * Finds an upstream by its name, with keys and base URLs from the environment.
 *
 * @throws SoundcheckError where there is none of that name, or its package, its key or a model is missing.
 */
export async function loadUpstream(
  { upstream, model, apiKey, baseUrl }: UpstreamByName,
  environment: Environment = process.env,
): Promise<ModelChoice> {
  const asked = { ...(model && { model }), ...(apiKey && { apiKey }) }
  if (upstream.includes('://')) return { url: upstream, ...asked }
  // It speaks chat completions: nothing has to be translated.
  if (upstream === 'openai') {
    const key = apiKey ?? environment.OPENAI_API_KEY
    if (!key) throw keyMissing(upstream, [['OPENAI_API_KEY']])
    const url = (baseUrl ?? environment.OPENAI_BASE_URL) || OPENAI
    return { ...asked, url, apiKey: key, name: upstream }
  }
  const provider = Object.hasOwn(providers, upstream) ? providers[upstream] : undefined
  if (provider === undefined) throw unknown(upstream)
  if (!model) {
    throw invalid(`--upstream ${upstream} needs a model: name it with --model`)
  }
  const key = apiKey ?? keyIn(environment, upstream, provider)
  const base = baseOf(baseUrl ?? environment[provider.baseUrl], provider)
  const { [provider.factory]: create } = (await importPackage(provider.package)) as ProviderModule
  if (create === undefined) {
    throw invalid(
      `${provider.package} has no ${provider.factory}; \`npm install ${provider.package}@latest\` brings it`,
    )
  }
  const settings = { ...(key && { apiKey: key }), ...(base && { baseURL: base }) }
  const languageModel = create(settings).languageModel(model)
  const at = base ?? provider.url
  return at === undefined ? languageModel : { languageModel, baseUrl: at }
}

/** The key of a provider; nothing where its package signs with what it reads from the environment. */
function keyIn(
  environment: Environment,
  name: string,
  { credentials }: Provider,
): string | undefined {
  const complete = credentials.find((set) => set.every((variable) => environment[variable]))
  if (complete === undefined) throw keyMissing(name, credentials)
  const [variable] = complete
  return variable === 'AWS_ACCESS_KEY_ID' ? undefined : environment[variable]
}

function baseOf(url: string | undefined, { path }: Provider): string | undefined {
  if (!url || !path || !URL.canParse(url)) return url
  const { origin, pathname } = new URL(url)
  return pathname === '/' ? `${origin}${path}` : url
}

function keyMissing(name: string, credentials: Provider['credentials']): SoundcheckError {
  const sets = credentials.map((set) => set.join(', ')).join('; or ')
  return invalid(`--upstream ${name} needs a key: set ${sets}`)
}

function unknown(name: string): SoundcheckError {
  const known = ['openai', ...Object.keys(providers)].join(', ')
  return invalid(`--upstream ${name} is neither a URL nor one of ${known}`)
}

function invalid(message: string): SoundcheckError {
  return new SoundcheckError('INVALID_INPUT', message)
}
